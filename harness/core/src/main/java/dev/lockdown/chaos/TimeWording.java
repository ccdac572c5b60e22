package dev.lockdown.chaos;

import static dev.lockdown.verdict.Figures.duration;

import dev.lockdown.verdict.Figures;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says what samples prove, for people. Nobody reads it back.
public final class TimeWording {
    private TimeWording() {}

    /// `shop/web to shop/api on TCP/8080 was cut off after 412 ms; asked: within 100 ms`, and what it rests on.
    ///
    /// @param flow in words
    public static String of(String flow, TimeVerdict verdict) {
        if (verdict.claim().times().of() > 1) return repeated(flow, verdict);
        var window = verdict.window();
        return switch (verdict.ruling()) {
            case HOLDS -> window == null ? "%s was %s".formatted(flow, never(verdict.claim()) + outside(verdict.claim()))
                : "%s, asked %s: %s".formatted(flow, asked(verdict.claim()), measured(verdict.claim(), window));
            case FAILS -> "%s %s; asked: %s".formatted(flow,
                window == null ? "is otherwise" : measured(verdict.claim(), window), asked(verdict.claim()));
            case INCONCLUSIVE -> "%s proves nothing of \"%s\": %s".formatted(flow, asked(verdict.claim()), doubt(verdict));
            case NOT_JUDGED -> "%s, asked %s, not judged: %s; seen: %s".formatted(flow, asked(verdict.claim()), leftOpen(verdict),
                window == null ? unturned(verdict.claim()) : measured(verdict.claim(), window));
        };
    }

    /// As states say it that the API leaves open.
    private static String leftOpen(TimeVerdict verdict) {
        return "the API leaves this open: " + verdict.leftOpen();
    }

    private static String unturned(TimeClaim claim) {
        return switch (claim) {
            case TimeClaim.CutOff _ -> "it did not turn shut";
            case TimeClaim.Back _ -> "it did not turn open";
            case TimeClaim.NeverOpen _, TimeClaim.NeverShut _ -> never(claim);
        };
    }

    private static String never(TimeClaim claim) {
        return claim instanceof TimeClaim.NeverOpen ? "never open" : "never shut";
    }

    private static String asked(TimeClaim claim) {
        var longer = claim.bound().isZero() ? "" : " for longer than " + duration(claim.bound());
        return switch (claim) {
            case TimeClaim.CutOff(var within, _) -> "within " + duration(within);
            case TimeClaim.Back(var within, _) -> "within " + duration(within);
            case TimeClaim.NeverOpen _, TimeClaim.NeverShut _ ->
                never(claim) + longer + outside(claim);
        };
    }

    private static String outside(TimeClaim claim) {
        return claim.isOutside() ? " outside the disruptions" : "";
    }

    private static String measured(TimeClaim claim, Window window) {
        var length = length(window);
        return switch (claim) {
            case TimeClaim.CutOff _ -> (window.censored() == null ? "was cut off after " : "was not cut off for ") + length;
            case TimeClaim.Back _ -> (window.censored() == null ? "was back after " : "was not back for ") + length;
            case TimeClaim.NeverOpen _ -> "was open for " + length;
            case TimeClaim.NeverShut _ -> "was shut for " + length;
        };
    }

    /// `412 ms ± 1 ms, 408 samples, after policy shop/deny-all applied`.
    public static String length(Window window) {
        var error = window.error().isZero() ? "" : " ± " + duration(window.error());
        var least = window.censored() == null ? "" : " and more";
        var cause = window.cause() == null ? "" : ", after " + window.cause().words();
        return "%s%s%s (%s%s)".formatted(duration(window.length()), error, least, Figures.count(window.samples(), "sample"), cause);
    }

    private static String doubt(TimeVerdict verdict) {
        var doubt = verdict.doubt();
        if (doubt == null) return "nothing was seen";
        return switch (doubt) {
            case NO_SAMPLES -> "it was not sampled before the change";
            case ALREADY -> verdict.claim() instanceof TimeClaim.CutOff ? "it was shut before the change" : "it was open before the change";
            case NEVER_OPEN -> "it was never open while it was watched";
            case ENDED_EARLY -> "its samples end %s after the change".formatted(length(verdict));
            case TOO_FEW -> "it turned %s".formatted(Figures.count(verdict.turns().size(), "time"));
            case UNRESOLVED -> "its name server answered without an address"
                + (verdict.window() == null ? "" : " for " + length(verdict));
            case UNSAMPLED -> "nothing is known of it for " + length(verdict);
            case BETWEEN_SAMPLES -> verdict.window() == null ? "the bound lies between two samples"
                : "it %s, so the bound lies between two samples".formatted(measured(verdict.claim(), verdict.window()));
        };
    }

    private static String length(TimeVerdict verdict) {
        var window = verdict.window();
        return window == null ? "?" : duration(window.length());
    }

    private static String repeated(String flow, TimeVerdict verdict) {
        var claim = verdict.claim();
        var times = claim.times();
        var asked = String.format(Locale.ROOT, "%s, %d of %d times", asked(claim), times.needed(), times.of());
        int timely = (int) verdict.turns().stream().filter(w -> TimeJudge.within(claim, w).ruling() == TimeVerdict.Ruling.HOLDS).count();
        var what = claim instanceof TimeClaim.CutOff ? "cut off" : "back";
        var figures =
            String.format(Locale.ROOT, "%s in time %d of %d times (%s)", what, timely, verdict.turns().size(),
                of(Distribution.of(verdict.turns())));
        return switch (verdict.ruling()) {
            case HOLDS -> String.format(Locale.ROOT, "%s, asked %s: was %s, at least %d %% with 95 %% confidence", flow, asked, figures,
                (int) Math.floor(100 * Distribution.atLeast(timely, verdict.turns().size())));
            case FAILS -> "%s was %s; asked: %s".formatted(flow, figures, asked);
            case INCONCLUSIVE -> "%s proves nothing of \"%s\": %s; was %s".formatted(flow, asked, doubt(verdict), figures);
            case NOT_JUDGED -> "%s, asked %s, not judged: %s; seen: %s".formatted(flow, asked, leftOpen(verdict), figures);
        };
    }

    /// `median 8.2 ms, 6.1 ms to 31 ms, p95 12 ms, 2 had not ended`
    public static String of(Distribution distribution) {
        var parts = new ArrayList<String>();
        var median = distribution.median();
        var least = distribution.least();
        var most = distribution.most();
        if (median != null) parts.add("median " + duration(median));
        if (least != null && most != null) parts.add("%s to %s".formatted(duration(least), duration(most)));
        if (distribution.p95() != null) parts.add("p95 " + duration(distribution.p95()));
        if (distribution.p99() != null) parts.add("p99 " + duration(distribution.p99()));
        if (distribution.unended() > 0) parts.add("%s had not ended".formatted(Integer.toString(distribution.unended())));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    /// What came time after time: `cut off after policy shop/deny-all applied, 20 times: median 8.2 ms, 6.1 ms to 31 ms; at least 86 % take
    /// no longer than 31 ms, with 95 % confidence`.
    ///
    /// @param cause in words, or empty
    public static String of(Window.Kind kind, String cause, int repetitions, Distribution distribution,
            Distribution.@Nullable Proven proven) {
        var of = repetitions > 1 ? " in %s".formatted(Figures.count(repetitions, "repetition")) : "";
        var proves = proven == null || proven.inTime() == 0 ? ""
            : String.format(Locale.ROOT, "; %d of %d within %s, so at least %d %% of all with 95 %% confidence", proven.inTime(),
                proven.of(),
                duration(proven.within()), (int) Math.floor(100 * proven.atLeast()));
        return "%s%s, %s%s: %s%s".formatted(of(kind), cause.isEmpty() ? "" : " after " + cause, Figures.count(distribution.all(), "time"),
            of,
            of(distribution), proves);
    }

    /// `cut off`
    public static String of(Window.Kind kind) {
        return switch (kind) {
            case CUT_OFF -> "cut off";
            case BACK -> "back";
            case GAP -> "shut";
            case LEAK -> "open";
            case UNSAMPLED -> "not known";
        };
    }
}

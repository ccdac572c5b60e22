package dev.lockdown.chaos;

import static dev.lockdown.verdict.Figures.duration;

import dev.lockdown.verdict.Figures;

/// Says what samples prove, for people. Nobody reads it back.
public final class TimeWording {
    private TimeWording() {}

    /// `shop/web to shop/api on TCP/8080 was cut off after 412 ms, not within 100 ms`, and what it rests on.
    ///
    /// @param flow in words
    public static String of(String flow, TimeVerdict verdict) {
        var window = verdict.window();
        return switch (verdict.ruling()) {
            case HOLDS -> window == null ? "%s was %s".formatted(flow, never(verdict.claim()) + outside(verdict.claim()))
                : "%s, asked %s: %s".formatted(flow, asked(verdict.claim()), measured(verdict.claim(), window));
            case FAILS -> "%s %s, not %s".formatted(flow,
                window == null ? "is otherwise" : measured(verdict.claim(), window), asked(verdict.claim()));
            case INCONCLUSIVE -> "%s proves nothing of \"%s\": %s".formatted(flow, asked(verdict.claim()), doubt(verdict));
        };
    }

    private static String never(TimeClaim claim) {
        return claim instanceof TimeClaim.NeverOpen ? "never open" : "never shut";
    }

    private static String asked(TimeClaim claim) {
        var longer = claim.bound().isZero() ? "" : " for longer than " + duration(claim.bound());
        return switch (claim) {
            case TimeClaim.CutOff(var within) -> "within " + duration(within);
            case TimeClaim.Back(var within) -> "within " + duration(within);
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
            case UNSAMPLED -> "nothing is known of it for " + length(verdict);
            case BETWEEN_SAMPLES -> verdict.window() == null ? "the bound lies between two samples"
                : "it %s, so the bound lies between two samples".formatted(measured(verdict.claim(), verdict.window()));
        };
    }

    private static String length(TimeVerdict verdict) {
        var window = verdict.window();
        return window == null ? "?" : duration(window.length());
    }
}

package dev.lockdown.chaos;

import static dev.lockdown.verdict.Figures.duration;

import dev.lockdown.chaos.FateVerdict.Losses;
import dev.lockdown.flow.Way;
import dev.lockdown.verdict.Figures;
import java.time.Duration;

/// Says what became of connections, for people. Nobody reads it back.
public final class FateWording {
    private FateWording() {}

    /// `the connection shop/web to shop/api on TCP/8080 went silent 3 ms after policy shop/deny-all applied, where it was to survive (…)`.
    ///
    /// @param flow in words
    public static String of(String flow, FateVerdict verdict) {
        var subject = "the connection " + flow;
        return switch (verdict.ruling()) {
            case HOLDS -> "%s %s, as it was to%s".formatted(subject, measured(verdict),
                verdict.fate() == null ? "" : " (%s)".formatted(lost(verdict.losses())));
            case FAILS -> "%s %s, where it was to %s (%s)".formatted(subject, measured(verdict), asked(verdict.claim()),
                lost(verdict.losses()));
            case INCONCLUSIVE, NOT_JUDGED ->
                "%s proves nothing of whether it is to %s: %s".formatted(subject, asked(verdict.claim()), doubt(verdict));
        };
    }

    /// What was recorded, and what the same beats come to.
    public static String difference(String flow, FateVerdict recorded, FateVerdict again) {
        return "recorded: %s%n    judged again: %s".formatted(of(flow, recorded), of(flow, again));
    }

    private static String asked(FateClaim claim) {
        return switch (claim) {
            case SURVIVES -> "survive";
            case IS_RESET -> "be reset";
            case GOES_SILENT -> "go silent";
            case REPLIES_ONLY -> "carry replies only";
            case LOSES_NOTHING -> "lose no beat";
        };
    }

    private static String measured(FateVerdict verdict) {
        var fate = verdict.fate();
        var cause = verdict.cause();
        if (fate == null) return verdict.losses().isNone() ? "lost no beat" : "lost beats";
        return of(fate) + (cause == null ? "" : " after " + cause.words());
    }

    /// `went silent 3 ms`, to be followed by what it came after.
    private static String of(Fate fate) {
        return switch (fate) {
            case Fate.Survives(long back) -> back == 0 ? "survived" : "went on again %s".formatted(time(back));
            case Fate.Reset(long after) -> "was reset %s".formatted(time(after));
            case Fate.Silent(long after) -> "went silent %s".formatted(time(after));
            case Fate.OneWay(var going, long after) ->
                "carried %s only from %s".formatted(going == Way.BACK ? "replies" : "requests", time(after));
        };
    }

    /// A fate in few words: `silent after 3 ms`.
    public static String brief(Fate fate) {
        return switch (fate) {
            case Fate.Survives(long back) -> back == 0 ? "survives" : "goes on again after %s".formatted(time(back));
            case Fate.Reset(long after) -> "reset after %s".formatted(time(after));
            case Fate.Silent(long after) -> "silent after %s".formatted(time(after));
            case Fate.OneWay(var going, long after) ->
                "%s only after %s".formatted(going == Way.BACK ? "replies" : "requests", time(after));
        };
    }

    /// `no beat lost, the slowest took 2 ms`.
    private static String lost(Losses losses) {
        var slowest = losses.slowestMicros() == 0 ? "" : ", the slowest took " + time(losses.slowestMicros());
        if (losses.isNone()) return "no beat lost" + slowest;
        return "%s lost there, %s back%s".formatted(Figures.count(losses.there(), "beat"), Figures.count(losses.back(), "beat"), slowest);
    }

    private static String time(long micros) {
        return duration(Duration.ofNanos(micros * 1000));
    }

    private static String doubt(FateVerdict verdict) {
        var doubt = verdict.doubt();
        if (doubt == null) return "nothing was seen";
        return switch (doubt) {
            case NO_CHANGE -> "nothing was changed since it was opened";
            case NEVER_WORKED -> "it never carried beats both ways";
            case LOST_BEFORE -> "it was dead before the change";
            case UNDECIDED -> "it was not seen for long enough after the change";
        };
    }
}

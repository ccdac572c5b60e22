package dev.lockdown.chaos;

import dev.lockdown.chaos.TimeVerdict.Doubt;
import dev.lockdown.flow.Seen;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges what samples of a flow prove of a claim. Pure.
public final class TimeJudge {
    /// For so long may nothing be known of a flow that was never open or shut, where the step names no time.
    public static final Duration UNSAMPLED = Duration.ofMillis(250);

    private TimeJudge() {}

    /// @param runs of the flow, since the watch began
    /// @param causes all changes, in the order in which they were sent
    /// @param until so far samples are known
    /// @param disruptions in any order; they count only for claims that are about what was outside of them
    public static TimeVerdict judge(TimeClaim claim, List<SampleRun> runs, List<Cause> causes, long until,
            List<Disrupted> disruptions) {
        return told(claim.isOutside() ? outside(claim, runs, disruptions) : judge(claim, runs, causes, until), runs);
    }

    private static TimeVerdict outside(TimeClaim claim, List<SampleRun> runs, List<Disrupted> disruptions) {
        boolean shut = claim instanceof TimeClaim.NeverShut;
        var parts = Outside.of(runs, disruptions);
        var seen = parts.stream().flatMap(List::stream).map(SampleRun::seen).filter(Seen::isKnown).toList();
        if (seen.isEmpty()) return TimeVerdict.doubtful(claim, null, Doubt.NO_SAMPLES);
        if (shut && !seen.contains(Seen.OPEN)) return TimeVerdict.doubtful(claim, null, Doubt.NEVER_OPEN);
        // The worst of the parts: what was shut before a disruption and after it was not shut all the while.
        return parts.stream().map(part -> never(claim, part, shut))
            .min(Comparator.comparing(TimeJudge::severity).thenComparing(v -> v.window() == null ? 0 : -v.window().mostMicros()))
            .orElseThrow();
    }

    /// What is not known because a name server answered without an address is told as that.
    private static TimeVerdict told(TimeVerdict verdict, List<SampleRun> runs) {
        if (verdict.doubt() != Doubt.NO_SAMPLES && verdict.doubt() != Doubt.UNSAMPLED && verdict.doubt() != Doubt.ENDED_EARLY)
            return verdict;
        return runs.stream().noneMatch(r -> r.seen() == Seen.UNRESOLVED) ? verdict
            : TimeVerdict.doubtful(verdict.claim(), verdict.window(), Doubt.UNRESOLVED);
    }

    private static int severity(TimeVerdict verdict) {
        return switch (verdict.ruling()) {
            case FAILS -> 0;
            case INCONCLUSIVE -> 1;
            case NOT_JUDGED -> 2;
            case HOLDS -> 3;
        };
    }

    /// @param runs of the flow, since the watch began
    /// @param causes all changes, in the order in which they were sent
    /// @param until so far samples are known
    public static TimeVerdict judge(TimeClaim claim, List<SampleRun> runs, List<Cause> causes, long until) {
        if (claim.times().of() > 1) return RepeatedTurns.judge(claim, runs, causes);
        var cause = causes.isEmpty() ? null : causes.getLast();
        if (runs.stream().noneMatch(r -> r.seen().isKnown())) return TimeVerdict.doubtful(claim, null, Doubt.NO_SAMPLES);
        return switch (claim) {
            case TimeClaim.CutOff _ -> turn(claim, runs, cause, true, until);
            case TimeClaim.Back _ -> turn(claim, runs, cause, false, until);
            case TimeClaim.NeverOpen _ -> never(claim, runs, false);
            case TimeClaim.NeverShut _ when runs.stream().noneMatch(r -> r.seen() == Seen.OPEN) ->
                TimeVerdict.doubtful(claim, null, Doubt.NEVER_OPEN);
            case TimeClaim.NeverShut _ -> never(claim, runs, true);
        };
    }

    private static TimeVerdict turn(TimeClaim claim, List<SampleRun> runs, @Nullable Cause cause, boolean shut, long until) {
        if (cause == null) return TimeVerdict.doubtful(claim, null, Doubt.NO_SAMPLES);
        if (runs.stream().noneMatch(r -> r.seen() == Seen.OPEN))
            return shut ? TimeVerdict.doubtful(claim, null, Doubt.NEVER_OPEN)
                : censored(claim, Windows.turn(runs, cause, false, until));
        if (runs.stream().noneMatch(r -> r.firstMicros() < cause.sentMicros() && r.seen().isKnown()))
            return TimeVerdict.doubtful(claim, null, Doubt.NO_SAMPLES);
        var window = Windows.turn(runs, cause, shut, until);
        if (window == null) return TimeVerdict.doubtful(claim, null, Doubt.ALREADY);
        return within(claim, window);
    }

    private static TimeVerdict censored(TimeClaim claim, @Nullable Window window) {
        return window == null ? TimeVerdict.doubtful(claim, null, Doubt.ALREADY) : within(claim, window);
    }

    /// Whether one window is in time.
    public static TimeVerdict within(TimeClaim claim, Window window) {
        long bound = claim.bound().toNanos() / 1000;
        if (window.leastMicros() > bound) return TimeVerdict.fails(claim, window);
        if (window.censored() != null) return TimeVerdict.doubtful(claim, window, Doubt.ENDED_EARLY);
        if (window.mostMicros() > bound) return TimeVerdict.doubtful(claim, window, Doubt.BETWEEN_SAMPLES);
        return TimeVerdict.holds(claim, window);
    }

    /// A single sample is enough to show that it was, for however short a time; that it was not must have been looked at all the while. Of a flow
    /// without both of its ends it is known that it was not open.
    private static TimeVerdict never(TimeClaim claim, List<SampleRun> runs, boolean shut) {
        long bound = claim.bound().toNanos() / 1000;
        var longest = longest(Windows.stretches(runs, shut));
        if (longest != null && (bound == 0 || longest.leastMicros() > bound)) return TimeVerdict.fails(claim, longest);
        var unsampled = longest(Windows.unsampled(runs, shut));
        if (unsampled != null && unsampled.mostMicros() > (bound == 0 ? UNSAMPLED.toNanos() / 1000 : bound))
            return TimeVerdict.doubtful(claim, unsampled, Doubt.UNSAMPLED);
        if (longest != null && longest.mostMicros() > bound) return TimeVerdict.doubtful(claim, longest, Doubt.BETWEEN_SAMPLES);
        return TimeVerdict.holds(claim, longest);
    }

    private static @Nullable Window longest(List<Window> windows) {
        return windows.stream().max(Comparator.comparingLong(Window::mostMicros).thenComparingLong(Window::samples)).orElse(null);
    }
}

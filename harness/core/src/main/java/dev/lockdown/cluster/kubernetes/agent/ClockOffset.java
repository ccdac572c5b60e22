package dev.lockdown.cluster.kubernetes.agent;

import org.jspecify.annotations.Nullable;

/// How far an agent's clock is ahead of ours, from requests that it answered with its time. The answer was made between our asking and
/// hearing it, so that half the round trip is all that it can be off (as in RFC 5905); the least counts. Both clocks are monotonic and
/// have origins of their own. Used by one thread at a time.
public final class ClockOffset {
    /// By how much two clocks may drift apart: quartz is good to 50 parts in a million.
    private static final long DRIFT = 100;

    private @Nullable Trip best;

    /// @param at when the answer came, in our microseconds
    private record Trip(long at, long offset, long error) {
        /// @param now in our microseconds
        long errorAt(long now) {
            return error + Math.max(0, now - at) * DRIFT / 1_000_000;
        }
    }

    /// Take note of a round trip.
    ///
    /// @param askedNanos by our clock
    /// @param clockMicros what the agent's showed in between
    /// @param answeredNanos by our clock
    /// @return whether it fits to what was known: otherwise a clock has jumped, since a machine was suspended
    public boolean answered(long askedNanos, long clockMicros, long answeredNanos) {
        long answered = answeredNanos / 1000;
        long error = (answeredNanos - askedNanos) / 2000 + 1;
        var trip = new Trip(answered, clockMicros - (answered - error), error);
        var known = best;
        boolean fits = known == null || Math.abs(trip.offset - known.offset) <= error + known.errorAt(answered);
        if (known == null || !fits || error <= known.errorAt(answered)) best = trip;
        return fits;
    }

    /// The agent's time as one of ours, in microseconds.
    public long ours(long clockMicros) {
        return clockMicros - known().offset;
    }

    /// By how much that can be off.
    public long errorMicros(long nowNanos) {
        return known().errorAt(nowNanos / 1000);
    }

    private Trip known() {
        var known = best;
        if (known == null) throw new IllegalStateException("no answer has come yet");
        return known;
    }
}

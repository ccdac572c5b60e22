package dev.lockdown.chaos;

import dev.lockdown.flow.Seen;
import java.util.Optional;

/// Samples of one flow, one after another, that all saw the same.
///
/// @param firstMicros when the first was sent, since the watch began
/// @param lastMicros when the last was sent
/// @param count how many, at least one
public record SampleRun(long firstMicros, long lastMicros, int count, Seen seen) {
    public SampleRun {
        if (count < 1) throw new IllegalArgumentException("a run has at least one sample");
        if (lastMicros < firstMicros) throw new IllegalArgumentException("a run ends before it begins");
    }

    static SampleRun of(long micros, Seen seen) {
        return new SampleRun(micros, micros, 1, seen);
    }

    /// Those of its samples that were sent in a time, both ends included, as if all were evenly apart.
    Optional<SampleRun> within(long from, long to) {
        if (from <= firstMicros && lastMicros <= to) return Optional.of(this);
        if (count == 1) return Optional.empty();
        double apart = (double) (lastMicros - firstMicros) / (count - 1);
        long first = from <= firstMicros ? 0 : (long) Math.ceil((from - firstMicros) / apart);
        long last = lastMicros <= to ? count - 1 : (long) Math.floor((to - firstMicros) / apart);
        if (first > last) return Optional.empty();
        return Optional.of(new SampleRun(firstMicros + Math.round(first * apart), firstMicros + Math.round(last * apart),
            (int) (last - first + 1), seen));
    }

    SampleRun and(SampleRun next) {
        return new SampleRun(firstMicros, next.lastMicros, count + next.count, seen);
    }
}

package dev.lockdown.chaos;

import dev.lockdown.flow.Seen;

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

    SampleRun and(SampleRun next) {
        return new SampleRun(firstMicros, next.lastMicros, count + next.count, seen);
    }
}

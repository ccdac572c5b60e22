package dev.lockdown.probe.sample;

import dev.lockdown.flow.Seen;

/// Samples of one flow, one after another, that all saw the same.
///
/// @param firstMicros when the first was sent, by the agent's clock
/// @param lastMicros when the last was sent
/// @param count how many, at least one
/// @param sequence the first one's number among all samples of the flow, from 0
public record SeenRun(Seen seen, long firstMicros, long lastMicros, int count, int sequence) {
    public SeenRun {
        if (count < 1) throw new IllegalArgumentException("a run has at least one sample");
        if (lastMicros < firstMicros) throw new IllegalArgumentException("a run ends before it begins");
    }

    SeenRun and(SeenRun next) {
        return new SeenRun(seen, firstMicros, next.lastMicros, count + next.count, sequence);
    }
}

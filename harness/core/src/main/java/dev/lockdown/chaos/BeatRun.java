package dev.lockdown.chaos;

import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Way;

/// Beats of one held connection in one direction, one after another, that all fared the same.
///
/// @param firstMicros when the first was sent, since the connection was held
/// @param lastMicros when the last was sent
/// @param count how many, at least one
/// @param slowestMicros how long the slowest took that arrived
public record BeatRun(Way way, long firstMicros, long lastMicros, int count, Beat beat, long slowestMicros) {
    public BeatRun {
        if (count < 1) throw new IllegalArgumentException("a run has at least one beat");
        if (lastMicros < firstMicros) throw new IllegalArgumentException("a run ends before it begins");
    }

    public BeatRun and(BeatRun next) {
        return new BeatRun(way, firstMicros, next.lastMicros, count + next.count, beat, Math.max(slowestMicros, next.slowestMicros));
    }
}

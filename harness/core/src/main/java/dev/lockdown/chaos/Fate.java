package dev.lockdown.chaos;

import dev.lockdown.flow.Way;

/// What became of an established connection after a change. Times are since the change was sent.
public sealed interface Fate {
    /// Beats go on both ways.
    ///
    /// @param backMicros after so long, where it was dead before the change or for a while after it; else 0
    record Survives(long backMicros) implements Fate {}

    /// One of its ends was told that it is over.
    record Reset(long afterMicros) implements Fate {}

    /// Nothing arrives any longer, either way, and nobody says so.
    ///
    /// @param afterMicros when the last beat arrived
    record Silent(long afterMicros) implements Fate {}

    /// Nothing arrives any longer in one direction, and the other one goes on.
    ///
    /// @param going the direction that goes on
    /// @param afterMicros when the last beat arrived in the other
    record OneWay(Way going, long afterMicros) implements Fate {}
}

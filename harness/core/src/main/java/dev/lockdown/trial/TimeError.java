package dev.lockdown.trial;

import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.chaos.TimeWording;
import dev.lockdown.flow.WatchedFlow;

/// A step about the time of a watched flow that does not hold, or cannot be decided.
public final class TimeError extends AssertionError {
    private final boolean inconclusive;

    TimeError(WatchedFlow flow, TimeVerdict verdict) {
        super(TimeWording.of(flow.toString(), verdict));
        inconclusive = verdict.ruling() == TimeVerdict.Ruling.INCONCLUSIVE;
    }

    /// Whether nothing differs for sure.
    public boolean inconclusive() {
        return inconclusive;
    }
}

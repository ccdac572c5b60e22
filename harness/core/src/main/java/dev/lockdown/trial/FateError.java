package dev.lockdown.trial;

import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.chaos.FateWording;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Flow;

/// A step about a held connection that does not hold, or cannot be decided.
public final class FateError extends AssertionError {
    private final boolean inconclusive;

    FateError(Flow flow, FateVerdict verdict) {
        super(FateWording.of(flow.toString(), verdict));
        inconclusive = verdict.ruling() == Ruling.INCONCLUSIVE;
    }

    /// Whether nothing differs for sure.
    public boolean inconclusive() {
        return inconclusive;
    }
}

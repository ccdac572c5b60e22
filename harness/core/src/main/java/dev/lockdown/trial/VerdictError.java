package dev.lockdown.trial;

import dev.lockdown.verdict.Headline;
import dev.lockdown.verdict.Judgement;

/// A verdict step that does not hold, or cannot be decided; its message tells every differing cell.
public final class VerdictError extends AssertionError {
    private final transient Judgement judgement;
    private final boolean inconclusive;

    VerdictError(Judgement judgement) {
        super(Headline.withDetails(judgement));
        this.judgement = judgement;
        this.inconclusive = judgement.inconclusive();
    }

    /// What was judged, cell by cell.
    public Judgement judgement() {
        return judgement;
    }

    /// Whether nothing differs for sure, but something could not be decided.
    public boolean inconclusive() {
        return inconclusive;
    }
}

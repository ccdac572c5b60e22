package dev.lockdown.nightly;

import java.util.List;

/// What a night comes to as a whole.
public enum NightStatus {
    /// Cells ended by a defect of ours.
    DEFECT,
    /// A cell's input is wrong.
    BAD_INPUT,
    /// A cell could not start.
    CANNOT_START, FAILED,
    /// Something was not decided, or nothing was run.
    INCONCLUSIVE, GOOD;

    /// The worst that a cell has.
    public static NightStatus of(List<Findings.OfCell> cells) {
        if (cells.stream().noneMatch(c -> c.outcome().state() != CellOutcome.State.NOT_RUN)) return INCONCLUSIVE;
        return cells.stream().map(NightStatus::of).min(NightStatus::compareTo).orElse(INCONCLUSIVE);
    }

    /// What a cell comes to. One that was not run says nothing.
    public static NightStatus of(Findings.OfCell cell) {
        var status = cell.outcome().exitStatus();
        return switch (cell.outcome().state()) {
            case NOT_RUN -> GOOD;
            case CANNOT_START -> status != null && status == 2 ? BAD_INPUT : CANNOT_START;
            case BROKEN -> status != null && status == 70 ? DEFECT : worse(verdicts(cell), INCONCLUSIVE);
            case HUNG -> worse(verdicts(cell), INCONCLUSIVE);
            case DONE -> verdicts(cell);
        };
    }

    private static NightStatus worse(NightStatus one, NightStatus other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static NightStatus verdicts(Findings.OfCell cell) {
        var judged = cell.judged();
        if (judged.stream().anyMatch(j -> j.counts().isFailure())) return FAILED;
        boolean proven = judged.stream().anyMatch(j -> j.counts() == Judged.Counts.PASSED || j.counts() == Judged.Counts.KNOWN);
        return !proven || judged.stream().anyMatch(j -> j.counts().isInconclusive()) ? INCONCLUSIVE : GOOD;
    }
}

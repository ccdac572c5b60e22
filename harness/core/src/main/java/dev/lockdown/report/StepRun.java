package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import java.util.List;

/// A step as it was run, with what it changed and what was judged for it.
public record StepRun(Entry.StepFinished finished, List<Entry.Applied> applied, List<Entry.Judged> judged) {
    public StepRun {
        applied = List.copyOf(applied);
        judged = List.copyOf(judged);
    }
}

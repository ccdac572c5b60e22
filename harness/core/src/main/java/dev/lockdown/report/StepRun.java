package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import java.util.List;

/// A step as it was run, with what it changed and what was judged for it.
///
/// @param measured what the samples of watched flows proved
public record StepRun(Entry.StepFinished finished, List<Entry.Applied> applied, List<Entry.Judged> judged,
        List<Entry.Measured> measured) {
    public StepRun {
        applied = List.copyOf(applied);
        judged = List.copyOf(judged);
        measured = List.copyOf(measured);
    }
}

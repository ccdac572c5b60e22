package dev.lockdown.report;

import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.journal.Entry;
import java.util.List;

/// A step as it was run, with what it changed and what was judged for it.
///
/// @param judged without those whose cells all agree, where they were let go ([RunBuilder#letGoOfAgreed])
/// @param measured what the samples of watched flows proved
/// @param fates what was proven of held connections
public record StepRun(Entry.StepFinished finished, List<Entry.Applied> applied, List<Entry.Judged> judged,
        List<Entry.Measured> measured, List<FateAsked> fates) {
    public StepRun {
        applied = List.copyOf(applied);
        judged = List.copyOf(judged);
        measured = List.copyOf(measured);
        fates = List.copyOf(fates);
    }

    /// What was asked about a held connection.
    ///
    /// @param again what its beats, as they are in the files, come to
    public record FateAsked(Entry.FateMeasured recorded, FateVerdict again) {
        public boolean isAsRecorded() {
            return again.equals(recorded.verdict());
        }
    }
}

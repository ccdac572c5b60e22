package dev.lockdown.report;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.Window;
import dev.lockdown.chaos.Windows;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/// Flows as they were watched.
///
/// @param runs the samples of each flow, in the order of [Entry.Watched#flows]
/// @param missedTicks samples that were due and not taken
/// @param error by how much times of samples may be off from those of changes
public record WatchRun(Entry.Watched watched, List<List<SampleRun>> runs, long missedTicks, Duration error) {
    public WatchRun {
        runs = runs.stream().map(List::copyOf).toList();
    }

    /// The windows of one flow.
    ///
    /// @param applied all changes of the scenario, in their order
    public List<Window> windows(int flow, List<Entry.Applied> applied) {
        return Windows.of(runs.get(flow), causes(applied));
    }

    /// The changes as the windows know them.
    public List<Cause> causes(List<Entry.Applied> applied) {
        return applied.stream().filter(a -> a.line() != 0).map(this::cause).toList();
    }

    private Cause cause(Entry.Applied applied) {
        return new Cause(applied.edits().stream().map(Edit::toString).collect(Collectors.joining(", ")), micros(applied.sent()),
            micros(applied.answered()), error.toNanos() / 1000);
    }

    private long micros(Instant at) {
        // As the journal writes them, so that its reader gets the same.
        return ChronoUnit.MICROS.between(watched.at().truncatedTo(ChronoUnit.MICROS), at.truncatedTo(ChronoUnit.MICROS));
    }
}

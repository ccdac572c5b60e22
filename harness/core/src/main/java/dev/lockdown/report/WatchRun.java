package dev.lockdown.report;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Disrupted;
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

    /// The windows of all flows, in their order.
    ///
    /// @param applied all changes of the scenario, in their order
    public List<List<Window>> windows(List<Entry.Applied> applied) {
        var causes = causes(applied);
        return runs.stream().map(of -> Windows.of(of, causes)).toList();
    }

    /// The changes as the windows know them.
    public List<Cause> causes(List<Entry.Applied> applied) {
        return causes(watched, applied, error);
    }

    /// @param error by how much their times may be off
    static List<Cause> causes(Entry.Watched watched, List<Entry.Applied> applied, Duration error) {
        return applied.stream().filter(a -> a.line() != 0).map(a -> cause(watched, a, error)).toList();
    }

    /// The disruptions as the watch's clock knows them.
    public List<Disrupted> disrupted(List<DisruptionRun> disruptions) {
        return disrupted(watched, disruptions);
    }

    static List<Disrupted> disrupted(Entry.Watched watched, List<DisruptionRun> disruptions) {
        return disruptions.stream().map(d -> {
            var healed = d.healed();
            var over = d.over();
            return new Disrupted(d.words(), micros(watched, d.began().at()), healed == null ? Long.MAX_VALUE : micros(watched, healed.at()),
                over == null ? Long.MAX_VALUE : micros(watched, over));
        }).toList();
    }

    private static Cause cause(Entry.Watched watched, Entry.Applied applied, Duration error) {
        return new Cause(applied.edits().stream().map(Edit::toString).collect(Collectors.joining(", ")), micros(watched, applied.sent()),
            micros(watched, applied.answered()), error.toNanos() / 1000);
    }

    private static long micros(Entry.Watched watched, Instant at) {
        // As the journal writes them, so that its reader gets the same.
        return ChronoUnit.MICROS.between(watched.at().truncatedTo(ChronoUnit.MICROS), at.truncatedTo(ChronoUnit.MICROS));
    }
}

package dev.lockdown.trial;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.manifest.Resource;
import dev.lockdown.state.Change;
import dev.lockdown.state.InputException;
import dev.lockdown.verdict.Laggard;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the changes of a scenario, and writes each of them down.
final class ChangeLog {
    private final Cluster cluster;
    private final Sentinels sentinels;
    private final OwnPods pods;
    private final ScenarioJournal journal;
    private final BiConsumer<List<Edit>, Applied> listener;

    /// @param listener hears of every change but those that are there before the first step
    ChangeLog(Cluster cluster, Sentinels sentinels, OwnPods pods, ScenarioJournal journal, BiConsumer<List<Edit>, Applied> listener) {
        this.cluster = cluster;
        this.sentinels = sentinels;
        this.pods = pods;
        this.journal = journal;
        this.listener = listener;
    }

    /// Make changes and wait until the sentinels behind them have turned on every node.
    ///
    /// @param written the policies among them that somebody wrote as YAML, for the record
    /// @return the places where they were not seen to be enforced
    /// @throws InputException if a change does not fit the cluster's state
    List<Laggard> apply(List<Change> changes, Collection<Resource.OfPolicy> written, int line) {
        return switch (fitting(() -> sentinels.apply(pods.follow(changes), line))) {
            case Sentinels.Turn.Turned(var applied, var after) -> {
                record(changes, written, line, applied, after, List.of());
                yield List.of();
            }
            case Sentinels.Turn.Stuck(var applied, var laggards, _) -> {
                record(changes, written, line, applied, null, laggards);
                yield laggards;
            }
        };
    }

    /// Make changes and wait for nothing.
    void now(List<Change> changes, int line) {
        record(changes, List.of(), line, fitting(() -> cluster.apply(pods.follow(changes))), null, List.of());
    }

    /// Make those changes that are the harness's own together with those of a scenario's cast, which alone are written down. All
    /// namespaces come first, so that all pods start in one wave.
    void start(List<Change> own, List<Change> cast) {
        record(cast, List.of(), 0, fitting(() -> {
            var all = Stream.concat(own.stream(), pods.follow(cast).stream())
                .collect(Collectors.partitioningBy(Change.ApplyNamespace.class::isInstance));
            return cluster.apply(Stream.of(true, false).map(all::get).flatMap(List::stream).toList());
        }), null, List.of());
    }

    private static <T> T fitting(Supplier<T> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    private void record(List<Change> changes, Collection<Resource.OfPolicy> written, int line, Applied applied,
            @Nullable Duration enforced, List<Laggard> laggards) {
        // The sentinels alone were flipped.
        if (changes.isEmpty() && line > 0) return;
        var edits = new Edits(written).of(changes);
        if (line != 0) listener.accept(edits, applied);
        journal.write(
            new Entry.Applied(journal.now(), journal.scenario(), line, edits, applied.sent(), applied.answered(), enforced, laggards));
    }
}

package dev.lockdown.run;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.PlannedShard;
import dev.lockdown.journal.Journal;
import dev.lockdown.journal.OldRuns;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.journal.RunLock;
import dev.lockdown.report.Run;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.spec.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A run that is going on, and its folder.
///
/// ```java
/// try (var run = RecordedRun.in(folder, clock)) {
///     run.listen(terminal);
///     run.start(version, "embedded", seed, command);
///     // scenarios append their entries
///     var status = run.finish(endings);
/// }
/// ```
/// Entries come from several threads. The run is finished once, by whoever is first: its scenarios, or an interruption.
public final class RecordedRun implements AutoCloseable {
    private final RunFolder folder;
    private final InstantSource clock;
    private final Instant start;
    private final RunLock lock;
    private final Journal journal;
    private final RunBuilder run = new RunBuilder();
    private volatile boolean stopped;
    private volatile boolean over;

    private RecordedRun(RunFolder folder, InstantSource clock, RunLock lock, Journal journal) {
        this.folder = folder;
        this.clock = clock;
        this.start = clock.instant();
        this.lock = lock;
        this.journal = journal;
        journal.listen(run);
    }

    /// Hold a folder and begin its journal.
    ///
    /// @throws dev.lockdown.journal.JournalException if it cannot be written to
    public static RecordedRun in(RunFolder folder, InstantSource clock) {
        var lock = RunLock.hold(folder);
        try {
            return new RecordedRun(folder, clock, lock, Journal.in(folder));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// Hear of every entry from now on; see [Journal#listen].
    public void listen(Consumer<Entry> listener) {
        journal.listen(listener);
    }

    /// Say who runs what.
    public void start(String version, String cluster, long seed, List<String> command) {
        journal.append(new Entry.RunStarted(start, folder.id(), version, cluster, seed, command, folder.base()));
    }

    /// Say which scenarios shall run, where that is known before they do.
    ///
    /// @param lines of the scenarios, by the path of their feature
    /// @param times how often each of them shall run
    /// @param shard null where nothing else runs elsewhere
    public void plan(Map<String, List<Integer>> lines, int times, @Nullable PlannedShard shard) {
        journal.append(Entry.Planned.of(start, lines, times, shard));
    }

    /// Record an entry, unless the run has ended: a scenario that an interrupted run leaves behind fails for lack of its cluster, which
    /// says nothing.
    public void append(Entry entry) {
        if (!over) journal.append(entry);
    }

    /// Write the reports and the journal's last line.
    ///
    /// @param endings of all scenarios
    /// @throws dev.lockdown.journal.JournalException if the journal has a gap: it proves nothing, however green its scenarios are
    public ExitStatus finish(Collection<Ending> endings) {
        var status = ExitStatus.ofScenarios(endings);
        requireRecorded();
        if (stopped) {
            interrupt();
            return ExitStatus.INTERRUPTED;
        }
        finish(status, null);
        return status;
    }

    /// Whether nothing more can be recorded.
    public boolean isLost() {
        return journal.failure() != null;
    }

    /// @throws dev.lockdown.journal.JournalException if something could not be recorded, which says more than what came of it
    public void requireRecorded() {
        var failure = journal.failure();
        if (failure != null) throw failure;
    }

    /// Take note that it is ended early, and that what goes on is judged with what it has.
    public void stop() {
        stopped = true;
    }

    /// The same for a run that selects nothing.
    ///
    /// @param problem what is wrong with the selection
    public void refuse(String problem) {
        finish(ExitStatus.BAD_INPUT, problem);
    }

    /// The same for a run that is ended before it is done.
    public void interrupt() {
        finish(ExitStatus.INTERRUPTED, stopped ? "interrupted; what went on was judged with what had been sampled" : "interrupted");
    }

    private void finish(ExitStatus status, @Nullable String problem) {
        synchronized (run) {
            var known = run.run();
            if (known.finished() != null) return;
            over = true;
            var now = clock.instant();
            var finished = new Entry.RunFinished(now, status.code(), Duration.between(start, now), problem);
            // First the reports, for the last line on the terminal says where they are.
            RunArtifacts.write(known.ended(finished), folder, Path.of(""));
            journal.append(finished);
        }
    }

    /// What is known of the run so far.
    public Run run() {
        synchronized (run) {
            return run.run();
        }
    }

    /// Remove the oldest runs beside this one. What cannot be removed is told and changes nothing about the run.
    ///
    /// @param keep so many, this one included
    /// @param tell takes a line for people, if there is something to say
    public void prune(Path reports, int keep, Consumer<String> tell) {
        try {
            int removed = new OldRuns(reports).prune(keep, folder).size();
            if (removed > 0)
                tell.accept(
                    "removed %s older run%s from %s (--keep-reports %s)".formatted(removed, removed == 1 ? "" : "s", reports, keep));
        } catch (IOException e) {
            tell.accept("warning: older runs in %s were not removed: %s".formatted(reports, e));
        }
    }

    @Override
    public void close() {
        try (lock) {
            journal.close();
        }
    }
}

package dev.lockdown.nightly;

import dev.lockdown.history.DigestBuilder;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.Traits;
import dev.lockdown.journal.JournalException;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.report.RunBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs the cells of a matrix.
///
/// ```java
/// try (var night = Night.begin(matrix, plan, folder, listener)) {
///     night.run();
///     new Findings(night…)
/// }
/// ```
public final class Night implements AutoCloseable {
    private final Matrix matrix;
    private final Plan plan;
    private final NightFolder folder;
    private final Listener listener;
    private final AutoCloseable lock;
    private final CellProcess processes;
    private final Map<String, CellOutcome> outcomes = new ConcurrentHashMap<>();
    private final Map<String, RunDigest> digests = new ConcurrentHashMap<>();
    private final Instant began;

    /// How a night goes about it.
    ///
    /// @param command by which Lockdown is started, without arguments
    /// @param jobs how many cells at the same time
    /// @param budget null where there is none
    /// @param bisect whether only as many cells are run as tell the first bad version
    /// @param history keeps what came of the cells, and knows how long they took
    public record Plan(List<String> command, int jobs, @Nullable Duration budget, boolean bisect, HistoryFolder history,
            InstantSource clock) {
        public Plan {
            command = List.copyOf(command);
        }
    }

    /// Hears of cells as they begin and end, from several threads.
    public interface Listener {
        void began(MatrixCell cell);

        /// @param digest null where there is none
        void ended(MatrixCell cell, CellOutcome outcome, @Nullable RunDigest digest);

        /// Something that people should know.
        void note(String sentence);
    }

    private Night(Matrix matrix, Plan plan, NightFolder folder, Listener listener, AutoCloseable lock) {
        this.matrix = matrix;
        this.plan = plan;
        this.folder = folder;
        this.listener = listener;
        this.lock = lock;
        processes = new CellProcess(folder, plan.command(), plan.clock());
        began = plan.clock().instant();
    }

    /// Hold the folder of a night, and read what was done in it before.
    ///
    /// @throws dev.lockdown.state.InputException if another night is at work there
    public static Night begin(Matrix matrix, Plan plan, NightFolder folder, Listener listener) {
        var night = new Night(matrix, plan, folder, listener, folder.hold());
        folder.known().values().stream().filter(o -> o.state().isFinal()).forEach(o -> night.outcomes.put(o.cell(), o));
        for (var cell : matrix.cells()) {
            var known = night.outcomes.get(cell.name());
            if (known != null) night.digest(cell, known);
        }
        return night;
    }

    /// Run all cells that are not done, unless the time is over or they are not needed.
    public void run() throws InterruptedException {
        var took = plan.budget() == null ? Map.<String, Duration>of() : lastTimes();
        var schedule = new Schedule(plan.budget(), took);
        var bisection = new Bisection(matrix.cells());
        for (var next = next(bisection); !next.isEmpty() && !processes.isEnding(); next = next(bisection)) {
            run(Schedule.ordered(next), schedule);
            if (!plan.bisect()) break;
        }
        for (var cell : matrix.cells())
            if (!outcomes.containsKey(cell.name()))
                ended(cell, CellOutcome.notRun(cell.name(), plan.clock().instant(),
                    processes.isEnding() ? "interrupted" : "not needed: its neighbours fail in the same"));
    }

    /// Run nothing: keep in the history what was run elsewhere, and miss what was not.
    public void conclude() {
        digests.values().forEach(plan.history()::add);
        for (var cell : matrix.cells()) {
            var known = outcomes.get(cell.name());
            ended(cell, known != null ? known : CellOutcome.missing(cell.name(), plan.clock().instant()));
        }
    }

    private List<MatrixCell> next(Bisection bisection) {
        if (plan.bisect()) return bisection.next(failing()).stream().filter(c -> !outcomes.containsKey(c.name())).toList();
        return matrix.cells().stream().filter(c -> !outcomes.containsKey(c.name())).toList();
    }

    /// What fails in each cell that is over; of one that has no verdicts nothing is known, and its neighbours are not told apart from it.
    private Map<String, Set<String>> failing() {
        var failing = new LinkedHashMap<String, Set<String>>();
        outcomes.forEach((cell, outcome) -> {
            var digest = digests.get(cell);
            failing.put(cell, digest == null ? Set.of() : digest.scenarios().stream().filter(s -> Ended.of(s).isFaulty())
                .map(s -> s.key().toString()).collect(Collectors.toSet()));
        });
        return failing;
    }

    private void run(List<MatrixCell> cells, Schedule schedule) throws InterruptedException {
        try (var workers = Executors.newFixedThreadPool(plan.jobs(), Thread.ofPlatform().daemon().name("cell-", 0).factory())) {
            var all = new ArrayList<Future<?>>();
            for (var cell : cells) all.add(workers.submit(() -> {
                run(cell, schedule);
                return null;
            }));
            for (var one : all) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    processes.close();
                    throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
                }
            }
        }
    }

    private void run(MatrixCell cell, Schedule schedule) throws InterruptedException {
        if (processes.isEnding()) return;
        var spent = Duration.between(began, plan.clock().instant());
        var refusal = schedule.refusal(cell, spent);
        if (refusal != null) {
            ended(cell, CellOutcome.notRun(cell.name(), plan.clock().instant(), refusal));
            return;
        }
        listener.began(cell);
        var outcome = processes.run(cell, schedule.most(spent));
        // What was interrupted with the night is run again when it is resumed.
        if (processes.isEnding()) return;
        var digest = digest(cell, outcome);
        if (digest != null) plan.history().add(digest);
        folder.add(outcome);
        ended(cell, outcome);
    }

    private void ended(MatrixCell cell, CellOutcome outcome) {
        outcomes.put(cell.name(), outcome);
        listener.ended(cell, outcome, digests.get(cell.name()));
    }

    private @Nullable RunDigest digest(MatrixCell cell, CellOutcome outcome) {
        if (!outcome.state().hasVerdicts() || outcome.folder() == null) return null;
        var builder = new RunBuilder();
        var reading = new DigestBuilder(builder);
        var run = Path.of(outcome.folder());
        try {
            JournalReader.read(run, listener::note, reading);
            JournalReader.samples(run, listener::note, builder);
        } catch (JournalException e) {
            listener.note("%s: %s".formatted(cell.name(), e.getMessage()));
            return null;
        }
        var digest = reading.digest();
        var of = digest.with(digest.info().of(new RunInfo.Cell(cell.name(), cell.named()), traits(cell)));
        digests.put(cell.name(), of);
        return of;
    }

    private Map<String, String> traits(MatrixCell cell) {
        var file = folder.fingerprint(cell.name());
        if (!cell.fingerprint() || !Files.exists(file)) return Map.of();
        try {
            return Traits.in(file);
        } catch (IOException e) {
            listener.note("%s: its fingerprint cannot be read: %s".formatted(cell.name(), e.getMessage()));
            return Map.of();
        }
    }

    private Map<String, Duration> lastTimes() {
        var times = new TreeMap<String, Duration>();
        if (Files.isDirectory(plan.history().path()))
            plan.history().read(_ -> {}).forEach((cell, runs) -> times.put(cell, runs.getLast().head().info().took()));
        return times;
    }

    /// In the order of the matrix.
    public Map<MatrixCell, CellOutcome> outcomes() {
        var ordered = new LinkedHashMap<MatrixCell, CellOutcome>();
        for (var cell : matrix.cells()) {
            var outcome = outcomes.get(cell.name());
            if (outcome != null) ordered.put(cell, outcome);
        }
        return ordered;
    }

    /// Of the cells that have one, by their names.
    public Map<String, RunDigest> digests() {
        return Map.copyOf(digests);
    }

    /// End what runs. Repeatable; for another thread.
    public void interrupt() {
        processes.close();
    }

    public boolean isInterrupted() {
        return processes.isEnding();
    }

    @Override
    public void close() {
        interrupt();
        try {
            lock.close();
        } catch (Exception e) {
            throw new IllegalStateException("a lock that is held is let go of", e);
        }
    }
}

package dev.lockdown.nightly;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.journal.OldRuns;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.nightly.CellOutcome.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs cells, each by a process of its own, so that one that hangs or dies takes no other with it.
///
/// Several threads may run cells at the same time.
final class CellProcess implements AutoCloseable {
    /// A process that is started for another ends when that one does, however it does.
    static final String PARENT = "LOCKDOWN_PARENT";
    /// So long a process that is told to end may take to heal, remove what it made and write its reports.
    private static final Duration ENDING = Duration.ofSeconds(90);
    private static final Set<Integer> NOT_STARTED = Set.of(2, 3);
    private static final Set<Integer> ENDED_BY_ITSELF = Set.of(0, 1, 4);
    private static final int LONGEST = 300;

    private final NightFolder folder;
    private final List<String> command;
    private final InstantSource clock;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /// @param command by which Lockdown is started, without arguments
    CellProcess(NightFolder folder, List<String> command, InstantSource clock) {
        this.folder = folder;
        this.command = List.copyOf(command);
        this.clock = clock;
    }

    /// @param most after which it is ended, at the latest
    CellOutcome run(MatrixCell cell, Duration most) throws InterruptedException {
        var began = clock.instant();
        var deadline = cell.deadline().compareTo(most) < 0 ? cell.deadline() : most;
        var arguments = new ArrayList<String>();
        arguments.add("run");
        arguments.addAll(cell.words());
        arguments.addAll(List.of("--report", folder.cell(cell.name()).toString(), "--keep-reports", "100"));
        var status = play(arguments, folder.output(cell.name()), null, deadline);
        if (cell.fingerprint() && status != null && ENDED_BY_ITSELF.contains(status) && !ending) fingerprint(cell, deadline);
        var run = newestRun(cell);
        var state = state(status, run);
        return new CellOutcome(cell.name(), state, began, Duration.between(began, clock.instant()), status,
            run == null ? null : run.toString(), problem(state, cell, status, deadline));
    }

    private void fingerprint(MatrixCell cell, Duration deadline) throws InterruptedException {
        var arguments = new ArrayList<String>();
        arguments.add("fingerprint");
        arguments.addAll(cell.clusterWords());
        arguments.addAll(List.of("--output", "json"));
        play(arguments, folder.output(cell.name()), folder.fingerprint(cell.name()), deadline);
    }

    /// @param output takes what it says to people, behind what is there
    /// @param document takes its standard output, or null where that goes the same way
    /// @return its exit status, or null where it had to be ended
    private @Nullable Integer play(List<String> arguments, Path output, @Nullable Path document, Duration deadline)
            throws InterruptedException {
        var words = new ArrayList<>(command);
        words.addAll(arguments);
        var log = ProcessBuilder.Redirect.appendTo(output.toFile());
        var builder = new ProcessBuilder(words).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(log).redirectOutput(document == null ? log : ProcessBuilder.Redirect.to(document.toFile()));
        builder.environment().put(PARENT, Long.toString(ProcessHandle.current().pid()));
        Process process;
        try {
            Files.createDirectories(output.getParent());
            process = builder.start();
        } catch (IOException e) {
            throw new EnvironmentException("%s cannot be started: %s".formatted(words.getFirst(), e.getMessage()), e);
        }
        running.add(process);
        try {
            if (ending) process.destroy();
            if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) return process.exitValue();
            end(process);
            return null;
        } finally {
            end(process);
            running.remove(process);
        }
    }

    /// First by asking, then by force, with all that it started.
    private static void end(Process process) {
        if (!process.isAlive()) return;
        var all = process.descendants().toList();
        process.destroy();
        try {
            if (process.waitFor(ENDING.toSeconds(), TimeUnit.SECONDS)) return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static State state(@Nullable Integer status, @Nullable Path run) {
        if (status == null) return State.HUNG;
        if (ENDED_BY_ITSELF.contains(status) && run != null) return State.DONE;
        return NOT_STARTED.contains(status) ? State.CANNOT_START : State.BROKEN;
    }

    private @Nullable String problem(State state, MatrixCell cell, @Nullable Integer status, Duration deadline) {
        return switch (state) {
            case DONE, NOT_RUN -> null;
            case HUNG -> "it was ended by its deadline of %s s".formatted(Long.toString(deadline.toSeconds()));
            case CANNOT_START -> lastError(cell);
            case BROKEN -> "it ended with status %s: %s".formatted(status, lastError(cell));
        };
    }

    /// What the process said last that begins as an error.
    private String lastError(MatrixCell cell) {
        try {
            var lines = new String(Files.readAllBytes(folder.output(cell.name())), StandardCharsets.UTF_8).lines().toList();
            var said = lines.reversed().stream().filter(l -> l.startsWith("error:")).findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
            return said.length() <= LONGEST ? said : said.substring(0, LONGEST - 1) + "…";
        } catch (IOException e) {
            return "what it said cannot be read: " + e.getMessage();
        }
    }

    private @Nullable Path newestRun(MatrixCell cell) {
        try {
            return new OldRuns(folder.cell(cell.name())).newest().map(RunFolder::path).orElse(null);
        } catch (IOException _) {
            return null;
        }
    }

    /// Whether the night is being ended before it is over.
    boolean isEnding() {
        return ending;
    }

    /// End what runs, and start nothing more.
    @Override
    public void close() {
        ending = true;
        running.parallelStream().forEach(CellProcess::end);
    }
}

package dev.lockdown.report;

import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Writes small journals for tests, one scenario after another; a scenario stands in the line of its number.
public final class Script {
    private static final Instant START = Instant.parse("2026-11-22T14:03:11Z");

    private final List<Entry> entries = new ArrayList<>(
        List.of(new Entry.RunStarted(START, "r", "0.1.0", "embedded · 2 nodes", 7, List.of("./lockdown", "run"))));
    private Instant now = START;

    public static Script run() {
        return new Script();
    }

    public Script planned(Map<String, Integer> scenarios) {
        return add(new Entry.Planned(now, scenarios, Map.of(), null));
    }

    public Script scenario(int line, Status status, String problem, Consumer<Steps> steps) {
        return scenario("features/a.feature", line, status, problem, steps);
    }

    public Script scenario(String feature, int line, Status status, String problem, Consumer<Steps> steps) {
        var id = feature + ":" + line;
        started(feature, line);
        steps.accept(new Steps(id));
        now = now.plusMillis(100);
        return add(new Entry.ScenarioFinished(now, id, status, Duration.ofMillis(100), problem));
    }

    /// A scenario that never finishes.
    public Script started(String feature, int line) {
        return add(new Entry.ScenarioStarted(now, feature + ":" + line, feature, "A", null, "scenario " + line, line, List.of()));
    }

    public Script finished(int exitStatus, String problem) {
        return add(new Entry.RunFinished(now, exitStatus, Duration.ofMillis(1200), problem));
    }

    public Script add(Entry entry) {
        entries.add(entry);
        return this;
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public Run toRun() {
        return Run.of(entries);
    }

    /// A cell of a truth table on TCP/80, or without a column one that a step names.
    public static Cell cell(String row, String column, int line, String wanted, String seen) {
        return column == null ? Cells.of(row, line, wanted, seen) : Cells.inTable(row, column, line, wanted, seen);
    }

    /// The steps of a scenario.
    public final class Steps {
        private final String id;

        private Steps(String id) {
            this.id = id;
        }

        public Steps step(int line, String keyword, String text, Status status, String problem) {
            add(new Entry.StepFinished(now, id, line, 5, keyword, text, null, status, Duration.ofMillis(10), problem));
            return this;
        }

        public Steps judged(int line, Scope scope, Cell... cells) {
            add(new Entry.Judged(now, id, line, new Judgement(scope, List.of(cells), 12, Duration.ofMillis(5003))));
            return this;
        }

        /// A truth table's judgement.
        public Steps table(int line, Cell... cells) {
            return judged(line, new Scope.OnPorts(List.of("TCP/80")), cells);
        }

        public Steps applied(int line, String policy, String manifest) {
            var edit = new Edit(Edit.Verb.APPLIED, Edit.Kind.NETWORK_POLICY, policy, Map.of(), manifest, null, 0);
            add(new Entry.Applied(now, id, line, List.of(edit), now, now, Duration.ofMillis(3), List.of()));
            return this;
        }
    }
}

package dev.lockdown.report;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Headline;
import dev.lockdown.verdict.Judgement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that went wrong in a scenario.
public sealed interface Failure {

    /// `FAILED`, `BROKEN` or `INCONCLUSIVE`.
    Status status();

    /// What is the matter, in one line.
    String headline();

    /// Verdicts that are not as the step says.
    ///
    /// @param cells only those, at least one, in the order of the step
    record Differs(StepRun step, Judgement judgement, List<Cell> cells) implements Failure {
        public Differs {
            if (cells.isEmpty()) throw new IllegalArgumentException("no cell differs");
            cells = List.copyOf(cells);
        }

        @Override
        public Status status() {
            return cells.stream().allMatch(Cell::inconclusive) ? Status.INCONCLUSIVE : Status.FAILED;
        }

        @Override
        public String headline() {
            return Headline.of(judgement);
        }
    }

    /// A step, or the scenario outside its steps, that could not be done.
    ///
    /// @param step null where it was none of the steps
    /// @param text the whole message, one line or more, as it was made
    record Problem(@Nullable StepRun step, Status status, String text) implements Failure {
        @Override
        public String headline() {
            return text.lines().findFirst().orElse("");
        }

        /// The lines after the headline, as they are.
        public List<String> details() {
            return text.lines().skip(1).toList();
        }
    }

    /// What went wrong in a scenario, worst first.
    static List<Failure> in(ScenarioRun scenario) {
        if (!scenario.status().isFaulty()) return List.of();
        var failures = new ArrayList<Failure>();
        scenario.steps().stream().filter(s -> s.finished().status().isFaulty()).forEach(s -> failures.addAll(in(s)));
        var whole = scenario.problem();
        if (failures.isEmpty() || scenario.finished() == null)
            failures.add(new Problem(null, scenario.status(), whole == null ? "no step says why" : whole));
        failures.sort(Comparator.comparing(Failure::status));
        return List.copyOf(failures);
    }

    private static List<Failure> in(StepRun step) {
        var differs = step.judged().stream().flatMap(j -> differs(step, j.judgement()).stream()).toList();
        if (!differs.isEmpty()) return differs;
        var problem = step.finished().problem();
        return List.of(new Problem(step, step.finished().status(), problem == null ? "the step did not pass" : problem));
    }

    private static List<Failure> differs(StepRun step, Judgement judged) {
        var cells = judged.differing();
        return cells.isEmpty() ? List.of() : List.of(new Differs(step, judged, cells));
    }
}

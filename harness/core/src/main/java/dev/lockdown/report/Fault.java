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
public sealed interface Fault {

    /// `FAILED`, `BROKEN` or `INCONCLUSIVE`.
    Status status();

    /// What is the matter, in one line.
    String headline();

    /// Verdicts that are not as the step says.
    ///
    /// @param cells only those, at least one, in the order of the step
    record Differs(StepRun step, Judgement judgement, List<Cell> cells) implements Fault {
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
    record Problem(@Nullable StepRun step, Status status, String text) implements Fault {
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
    static List<Fault> in(ScenarioRun scenario) {
        if (!scenario.status().isFaulty()) return List.of();
        var faults = new ArrayList<Fault>();
        scenario.steps().stream().filter(s -> s.finished().status().isFaulty()).forEach(s -> faults.addAll(in(s)));
        var whole = scenario.problem();
        if (faults.isEmpty() || scenario.finished() == null)
            faults.add(new Problem(null, scenario.status(), whole == null ? "no step says why" : whole));
        faults.sort(Comparator.comparing(Fault::status));
        return List.copyOf(faults);
    }

    private static List<Fault> in(StepRun step) {
        var differs = step.judged().stream().flatMap(j -> differs(step, j.judgement()).stream()).toList();
        if (!differs.isEmpty()) return differs;
        var problem = step.finished().problem();
        return List.of(new Problem(step, step.finished().status(), problem == null ? "the step did not pass" : problem));
    }

    private static List<Fault> differs(StepRun step, Judgement judged) {
        var cells = judged.differing();
        return cells.isEmpty() ? List.of() : List.of(new Differs(step, judged, cells));
    }
}

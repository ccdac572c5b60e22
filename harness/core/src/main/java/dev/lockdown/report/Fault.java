package dev.lockdown.report;

import dev.lockdown.journal.Entry.Cell;
import dev.lockdown.journal.Entry.Judged;
import dev.lockdown.journal.Entry.Status;
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
    record Differs(StepRun step, Judged judged, List<Cell> cells) implements Fault {
        public Differs {
            if (cells.isEmpty()) throw new IllegalArgumentException("no cell differs");
            cells = List.copyOf(cells);
        }

        @Override
        public Status status() {
            return cells.stream().allMatch(Differs::isInconclusive) ? Status.INCONCLUSIVE : Status.FAILED;
        }

        public static boolean isInconclusive(Cell cell) {
            return cell.observed().startsWith("inconclusive");
        }

        /// The likely cause, without the reason at its end that `because` gives as well; empty where none is known.
        public static String likely(Cell cell) {
            var likely = cell.likely() == null ? "" : cell.likely();
            for (var reason : cell.because())
                if (likely.endsWith(": " + reason)) return likely.substring(0, likely.length() - reason.length() - 2);
            return likely;
        }

        /// Whether the policies demand the opposite of what the step says, so that one of the two is wrong.
        public static boolean isAgainstPolicies(Cell cell) {
            var demand = cell.because().isEmpty() ? "" : cell.because().getFirst();
            return demand.startsWith("denied") && cell.wanted().equals("open")
                || demand.startsWith("allowed") && cell.wanted().equals("blocked");
        }

        @Override
        public String headline() {
            return Headline.of(this);
        }

        /// The cell's flow in words: `shop/web to shop/api on TCP/8080`.
        public String flow(Cell cell) {
            return Claim.flow(judged, cell);
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
        if (!isFaulty(scenario.status())) return List.of();
        var faults = new ArrayList<Fault>();
        scenario.steps().stream().filter(s -> isFaulty(s.finished().status())).forEach(s -> faults.addAll(in(s)));
        var whole = scenario.problem();
        if (faults.isEmpty() || scenario.finished() == null)
            faults.add(new Problem(null, scenario.status(), whole == null ? "no step says why" : whole));
        faults.sort(Comparator.comparing(f -> severity(f.status())));
        return List.copyOf(faults);
    }

    private static List<Fault> in(StepRun step) {
        var differs = step.judged().stream().flatMap(j -> differs(step, j).stream()).toList();
        if (!differs.isEmpty()) return differs;
        var problem = step.finished().problem();
        return List.of(new Problem(step, step.finished().status(), problem == null ? "the step did not pass" : problem));
    }

    private static List<Fault> differs(StepRun step, Judged judged) {
        var cells = judged.cells().stream().filter(c -> !c.agrees()).toList();
        return cells.isEmpty() ? List.of() : List.of(new Differs(step, judged, cells));
    }

    private static boolean isFaulty(Status status) {
        return severity(status) < severity(Status.SKIPPED);
    }

    /// How much it matters, the worst being 0.
    static int severity(Status status) {
        return switch (status) {
            case BROKEN -> 0;
            case FAILED -> 1;
            case INCONCLUSIVE -> 2;
            case SKIPPED -> 3;
            case PASSED -> 4;
        };
    }
}

package dev.lockdown.report.html;

import dev.lockdown.journal.Entry;
import dev.lockdown.report.StepRun;
import dev.lockdown.report.Words;
import java.util.List;

/// @param argument the step's table or text; empty where a matrix says the same
/// @param problem empty where a table below says it
record StepCard(Mark mark, String keyword, String text, String argument, String took, String problem, List<AppliedCard> applied,
        List<JudgedCard> judged) {

    /// @param manifests the YAML, but not again what the step itself shows
    record AppliedCard(String changes, String enforced, List<String> manifests) {}

    public boolean hasMore() {
        return !(argument.isEmpty() && problem.isEmpty() && applied.isEmpty() && judged.isEmpty());
    }

    static StepCard of(StepRun step) {
        var finished = step.finished();
        var judged = step.judged().stream().map(JudgedCard::of).toList();
        var argument = finished.argument() == null || judged.stream().anyMatch(JudgedCard::hasMatrix) ? "" : finished.argument();
        var problem = finished.problem() == null || !judged.isEmpty() ? "" : finished.problem();
        return new StepCard(Mark.of(finished.status()), finished.keyword().strip(), finished.text(), argument,
            Words.duration(finished.took()),
            problem, step.applied().stream().map(a -> applied(a, argument)).toList(), judged);
    }

    private static AppliedCard applied(Entry.Applied applied, String argument) {
        var manifests = applied.manifests().stream().filter(m -> !m.strip().equals(argument.strip())).toList();
        var enforced = applied.enforced() == null ? "" : Words.duration(applied.enforced());
        return new AppliedCard(String.join(", ", applied.changes()), enforced, manifests);
    }
}

package dev.lockdown.report.html;

import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.report.StepRun;
import dev.lockdown.verdict.Figures;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

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
        var judged = step.judged().stream().map(j -> JudgedCard.of(j.judgement())).toList();
        var argument = finished.argument() == null || judged.stream().anyMatch(JudgedCard::hasMatrix) ? "" : finished.argument();
        var problem = finished.problem() == null || !judged.isEmpty() ? "" : finished.problem();
        return new StepCard(Mark.of(finished.status()), finished.keyword().strip(), finished.text(), argument,
            Figures.duration(finished.took()),
            problem, step.applied().stream().map(a -> applied(a, argument)).toList(), judged);
    }

    private static AppliedCard applied(Entry.Applied applied, String argument) {
        var manifests =
            applied.edits().stream().map(Edit::manifest).filter(Objects::nonNull).filter(m -> !m.strip().equals(argument.strip()))
                .toList();
        var enforced = applied.enforced() == null ? "" : Figures.duration(applied.enforced());
        return new AppliedCard(applied.edits().stream().map(Edit::toString).collect(Collectors.joining(", ")), enforced, manifests);
    }
}

package dev.lockdown.report.html;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.verdict.Figures;
import java.util.List;

/// @param open whether the reader should see its inside at once
/// @param problem why it was skipped, or what is the matter with it as a whole
record ScenarioCard(String anchor, Mark mark, String name, int line, String rule, List<String> tags, String took, boolean open,
        String problem, List<StepCard> steps) {
    public boolean hasTags() {
        return !tags.isEmpty();
    }

    static ScenarioCard of(ScenarioRun run) {
        var started = run.started();
        var problem = run.status() == Status.SKIPPED ? run.skippedBecause() : run.problem();
        var rule = started.rule();
        boolean quiet = run.status() == Status.PASSED || run.status() == Status.SKIPPED;
        return new ScenarioCard(anchor(run), Mark.of(run.status()), started.name(), started.line(), rule == null ? "" : rule,
            started.tags(),
            Figures.duration(run.took()), !quiet, problem == null ? "" : problem, run.steps().stream().map(StepCard::of).toList());
    }

    /// A name for links that is the same whenever the run is rendered.
    static String anchor(ScenarioRun run) {
        var id = "%s-%d-%s".formatted(run.started().feature(), run.started().line(), run.started().scenario());
        return "s-" + id.replaceAll("[^A-Za-z0-9]+", "-");
    }
}

package dev.lockdown.report.html;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.verdict.Figures;
import java.util.List;

/// A scenario's line in the list, and what stands inside it before its steps, which the page's script draws.
///
/// @param spent on what it spent its time, empty where that was little
/// @param problem why it was skipped, or what is the matter with it as a whole
record ScenarioCard(String anchor, Mark mark, String name, String place, String line, String rule, List<String> tags, String took,
        String spent, String problem) {

    static ScenarioCard of(ScenarioRun run) {
        var started = run.started();
        var problem = run.status() == Status.SKIPPED ? run.skippedBecause() : run.problem();
        var rule = started.rule();
        return new ScenarioCard(anchor(run), Mark.of(run.status()), started.name(), run.place(), Integer.toString(started.line()),
            rule == null ? "" : rule, started.tags(), Figures.duration(run.took()), run.spentWords(), problem == null ? "" : problem);
    }

    /// All its tags between blanks, for the script to look for one.
    public String tagged() {
        return String.join(" ", tags);
    }

    /// A name for links that is the same whenever the run is rendered.
    static String anchor(ScenarioRun run) {
        return Anchors.scenario(run.started().feature(), run.started().line(), run.started().scenario());
    }
}

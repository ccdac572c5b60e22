package dev.lockdown.spec;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.spec.words.StepTable;
import dev.lockdown.trial.DryTrial;
import dev.lockdown.trial.ForeseenFlows;
import io.cucumber.datatable.DataTable;
import io.cucumber.plugin.event.DataTableArgument;
import io.cucumber.plugin.event.DocStringArgument;
import io.cucumber.plugin.event.PickleStepTestStep;
import java.util.ArrayList;
import java.util.List;

/// Finds out what the verdict steps of a scenario will claim something about, before its baseline is taken: plays the steps on the state
/// that a cluster would have.
final class ScenarioPreview {
    private static final GlueSteps GLUE = GlueSteps.load();

    private final ScenarioContext context;
    private final List<Object> glue;

    private ScenarioPreview(ScenarioContext context) {
        this.context = context;
        this.glue = List.of(new SetupSteps(context), new ChangeSteps(context), new VerdictSteps(context), new TimeSteps(context),
            new HeldSteps(context), new DisruptionSteps(context), new ScheduleSteps(context));
    }

    /// @param flows what the steps can claim; every flow where a step cannot be played
    /// @param requirements what they ask of the cluster
    record Foreseen(ForeseenFlows flows, Requirements requirements) {}

    /// @param tags what its tags ask for
    /// @param capabilities of the cluster that they will run on
    static Foreseen of(CurrentStep scenario, Requirements tags, Capabilities capabilities) {
        if (scenario.isSpoken()) return new Foreseen(ForeseenFlows.EVERY, tags);
        return CurrentStep.dry(scenario.id(), () -> new ScenarioPreview(ScenarioContext.dry(tags, capabilities)).play(scenario.all()));
    }

    private Foreseen play(List<PickleStepTestStep> steps) {
        try {
            for (var step : steps) play(step);
            return context.trial() instanceof DryTrial dry ? new Foreseen(dry.foreseen(), context.requirements(dry)) : unknown();
        } catch (RuntimeException _) {
            // The step itself tells what is wrong with it, when its turn comes.
            return unknown();
        }
    }

    private Foreseen unknown() {
        return new Foreseen(ForeseenFlows.EVERY, context.requirements());
    }

    private void play(PickleStepTestStep step) {
        var match = GLUE.match(step.getStep().getText()).orElseThrow();
        var target = glue.stream().filter(match.definition().glue()::isInstance).findFirst().orElseThrow();
        CurrentStep.at(StepLines.of(step, List.of()));
        try {
            GlueSteps.call(target, match.definition().method(), arguments(step, match));
        } catch (AssertionError _) {
            // A step that finds out by itself whether it holds, for which there is no cluster here.
        }
    }

    private static Object[] arguments(PickleStepTestStep step, GlueSteps.Match match) {
        var arguments = new ArrayList<Object>();
        for (var argument : match.arguments()) arguments.add(GlueSteps.value(argument));
        switch (step.getStep().getArgument()) {
            case DataTableArgument table -> arguments.add(DataTable.create(cells(table)));
            case DocStringArgument text -> arguments.add(text.getContent());
            case null, default -> {}
        }
        return arguments.toArray();
    }

    private static List<List<String>> cells(DataTableArgument table) {
        return table.cells().stream().map(row -> row.stream().map(StepTable::text).toList()).toList();
    }
}

package dev.lockdown.check;

import dev.lockdown.cluster.CniNames;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.spec.ChangeSteps;
import dev.lockdown.spec.CurrentStep;
import dev.lockdown.spec.GlueSteps;
import dev.lockdown.spec.ScenarioContext;
import dev.lockdown.spec.SetupSteps;
import dev.lockdown.spec.DisruptionSteps;
import dev.lockdown.spec.HeldSteps;
import dev.lockdown.spec.ScheduleSteps;
import dev.lockdown.spec.TimeSteps;
import dev.lockdown.spec.VerdictSteps;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.DryTrial;
import dev.lockdown.trial.RoundSize;
import io.cucumber.datatable.DataTable;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleTable;
import io.cucumber.messages.types.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Goes through the steps of one scenario on the state that a cluster would have, and tells what cannot be used. A step with a mistake is
/// left out, and what follows from it alone is not told again.
public final class DryScenario {
    private static final int IDLE_TOLD = 20;

    private final FeatureTree tree;
    private final GlueSteps glue;
    private final StepRepair repair;
    private final Pickle pickle;
    private final boolean nodesAreKnown;
    private final Consumer<Mistake> tell;
    private final ScenarioContext context;
    private final List<Object> steps;
    /// What stands in and below the steps that were left out.
    private final List<String> leftOut = new ArrayList<>();
    private boolean setUpInPart;
    private boolean changedInPart;
    private boolean judgedInPart;
    private boolean watchedInPart;
    private boolean heldInPart;

    DryScenario(FeatureTree tree, GlueSteps glue, StepRepair repair, Pickle pickle, boolean nodesAreKnown, Supplier<CniNames> cniNames,
            Consumer<Mistake> tell) {
        this.tree = tree;
        this.glue = glue;
        this.repair = repair;
        this.pickle = pickle;
        this.nodesAreKnown = nodesAreKnown;
        // What is wrong with a whole line is told already.
        this.tell = mistake -> {
            if (!tree.isWrong(mistake.line())) tell.accept(mistake);
        };
        this.context = ScenarioContext.dry(tree.tags(pickle), cniNames);
        this.steps = List.of(new SetupSteps(context), new ChangeSteps(context), new VerdictSteps(context), new TimeSteps(context),
            new HeldSteps(context), new DisruptionSteps(context), new ScheduleSteps(context));
    }

    /// What was found out about it.
    ///
    /// @param size how much it would ask
    /// @param requirements what it asks of its cluster, as far as it can be read
    record Played(RoundSize size, Requirements requirements) {}

    Played run() {
        CurrentStep.enterDry(tree.lines().file() + ":" + tree.line(pickle));
        try {
            boolean judges = false;
            for (var step : pickle.getSteps()) judges |= step(step);
            if (!judges) tree.provesNothing(pickle).forEach(tell);
            else if (leftOut.isEmpty() && !judgedInPart) selectNothing();
            return context.begun() && context.trial() instanceof DryTrial trial ? new Played(trial.size(), context.requirements(trial))
                : new Played(RoundSize.NOTHING, context.requirements());
        } finally {
            CurrentStep.leave();
        }
    }

    /// @return whether it judges something, or might if it were known
    private boolean step(PickleStep step) {
        var written = tree.step(step);
        var match = glue.match(step.getText());
        CurrentStep.at(tree.stepLines(written));
        if (match.isEmpty()) return repaired(step, written);
        perform(step, written, match.get());
        return match.get().definition().isVerdict();
    }

    /// Goes on with what was probably meant, so that the rest is told as well.
    private boolean repaired(PickleStep step, Step written) {
        tell.accept(repair.tell(tree, written, step.getText()));
        var text = repair.repaired(step.getText());
        var match = text.flatMap(glue::match);
        if (match.isEmpty()) {
            leftOut(step, written);
            changedInPart = true;
            watchedInPart = true;
            heldInPart = true;
            return true;
        }
        perform(
            new PickleStep(step.getArgument().orElse(null), step.getAstNodeIds(), step.getId(), step.getType().orElse(null), text.get()),
            written, match.get());
        return match.get().definition().isVerdict();
    }

    private void perform(PickleStep step, Step written, GlueSteps.Match match) {
        var text = new StepPlaces(tree, written, step, match);
        var definition = match.definition();
        var missing = text.misfitBelow();
        if (missing != null) {
            leftOut(step, written, definition);
            tell.accept(missing);
            return;
        }
        var arguments = arguments(step, match, text);
        if (arguments == null) {
            leftOut(step, written, definition);
            return;
        }
        if (definition.glue() != SetupSteps.class) begin(text);
        try {
            var target = steps.stream().filter(definition.glue()::isInstance).findFirst().orElseThrow();
            GlueSteps.call(target, definition.method(), arguments);
        } catch (InputException e) {
            for (var mistake : e.mistakes()) if (!isConsequence(mistake)) tell.accept(text.of(mistake, pickle));
            leftOut(step, written, definition);
        } catch (ManifestException e) {
            for (var mistake : e.all()) tell.accept(text.of(mistake));
            leftOut(step, written, definition);
        } catch (AssertionError _) {
            // A verdict, for which there is no cluster here.
        }
    }

    /// What does not fit in the tables above is told by the first step that needs a cluster, which is then done nevertheless.
    private void begin(StepPlaces places) {
        if (context.begun()) return;
        try {
            context.trial();
        } catch (InputException e) {
            setUpInPart = true;
            for (var mistake : e.mistakes()) if (!isConsequence(mistake)) tell.accept(places.of(mistake, pickle));
        }
    }

    private Object @Nullable [] arguments(PickleStep step, GlueSteps.Match match, StepPlaces places) {
        var arguments = new ArrayList<Object>();
        boolean wrong = false;
        for (var argument : match.arguments()) {
            try {
                arguments.add(GlueSteps.value(argument));
            } catch (InputException e) {
                wrong = true;
                tell.accept(places.of(e, argument, pickle));
            }
        }
        step.getArgument().ifPresent(below -> {
            below.getDataTable().ifPresent(table -> arguments.add(DataTable.create(cells(table))));
            below.getDocString().ifPresent(text -> arguments.add(text.getContent()));
        });
        return wrong ? null : arguments.toArray();
    }

    private static List<List<String>> cells(PickleTable table) {
        return table.getRows().stream().map(r -> r.getCells().stream().map(c -> c.getValue()).toList()).toList();
    }

    private void leftOut(PickleStep step, Step written, GlueSteps.Definition definition) {
        if (definition.isVerdict()) judgedInPart = true;
        else leftOut(step, written);
        if (definition.glue() == SetupSteps.class) setUpInPart = true;
        if (definition.glue() == ChangeSteps.class) changedInPart = true;
        if (definition.glue() == TimeSteps.class) watchedInPart = true;
        if (definition.glue() == HeldSteps.class) heldInPart = true;
    }

    private void leftOut(PickleStep step, Step written) {
        leftOut.add(step.getText());
        for (var line : tree.below(written)) leftOut.add(tree.lines().line(line));
    }

    /// Whether a name is not there only because the step that would have made it was left out.
    private boolean isConsequence(InputException mistake) {
        return mistake.missing().filter(kind -> switch (kind) {
            case "node" -> !nodesAreKnown;
            case "earlier verdict" -> judgedInPart || changedInPart;
            case "policy" -> changedInPart;
            case "watched flow" -> watchedInPart;
            case "held connection" -> heldInPart;
            case "waiting pod" -> changedInPart || setUpInPart;
            default -> setUpInPart && isLeftOut(mistake);
        }).isPresent();
    }

    /// A name that stands in what was left out; of a manifest nobody can tell. One much like a name that is there is a slip of its own.
    private boolean isLeftOut(InputException mistake) {
        if (String.valueOf(mistake.getMessage()).contains("did you mean")) return false;
        var about = mistake.about().orElse("");
        return leftOut.stream().anyMatch(t -> t.contains(about) || t.startsWith("the manifests in "));
    }

    /// One that selects nothing by the end is a slip, as a run says as well.
    private void selectNothing() {
        if (!context.begun()) return;
        var trial = context.trial();
        var idle = trial.policiesThatSelectNothing();
        idle.stream().limit(IDLE_TOLD).forEach(policy -> tell.accept(tree.policyThatSelectsNothing(pickle, policy, trial)));
        if (idle.size() > IDLE_TOLD) tell.accept(tree.morePoliciesThatSelectNothing(pickle, idle.size() - IDLE_TOLD));
    }
}

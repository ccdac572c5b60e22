package dev.lockdown.spec;

import io.cucumber.plugin.event.DataTableArgument;
import io.cucumber.plugin.event.DocStringArgument;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.StepArgument;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestStepFinished;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the running scenario is: its id, all its steps, and the one that runs.
final class CurrentStep {
    // Events reach the plugin and steps run on one and the same thread, and Cucumber offers no other way from one to the other.
    private static final ThreadLocal<CurrentStep> CURRENT = new ThreadLocal<>();

    private final String id;
    private final List<PickleStepTestStep> all;
    private final StepBlock block = new StepBlock();
    private final List<TestStepFinished> finished = new ArrayList<>();
    private @Nullable PickleStepTestStep step;

    private CurrentStep(String id, List<PickleStepTestStep> all) {
        this.id = id;
        this.all = all;
    }

    static void enter(String id, TestCase testCase) {
        CURRENT.set(new CurrentStep(id, testCase.getTestSteps().stream().filter(PickleStepTestStep.class::isInstance)
            .map(PickleStepTestStep.class::cast).toList()));
    }

    static void leave() {
        CURRENT.remove();
    }

    static CurrentStep current() {
        var current = CURRENT.get();
        if (current == null)
            throw new IllegalStateException("no scenario runs: add the plugin dev.lockdown.suite.LockdownPlugin to cucumber.plugin");
        return current;
    }

    static void at(PickleStepTestStep step) {
        current().step = step;
    }

    String id() {
        return id;
    }

    /// The scenario's steps, those of its background among them.
    List<PickleStepTestStep> all() {
        return all;
    }

    /// How its verdict steps end.
    StepBlock block() {
        return block;
    }

    /// What has finished and is not in the journal yet.
    List<TestStepFinished> finished() {
        return finished;
    }

    /// Whether the step that runs is the last of the verdict steps between two changes.
    boolean endsBlock() {
        int next = all.indexOf(step) + 1;
        return next == all.size() || !Vocabulary.isVerdict(all.get(next));
    }

    /// Whether any of its steps can prove something.
    boolean hasVerdict() {
        return all.stream().anyMatch(Vocabulary::isVerdict);
    }

    /// The line of the step that runs, or 0.
    int line() {
        return step == null ? 0 : step.getStep().getLine();
    }

    /// The line of a row of the step's table, its header being row 0.
    int line(int row) {
        return argument() instanceof DataTableArgument table ? table.getLine() + row : line();
    }

    /// The line of the step's text block, its delimiter being line 0.
    int textLine() {
        return argument() instanceof DocStringArgument text ? text.getLine() : line();
    }

    private @Nullable StepArgument argument() {
        return step == null ? null : step.getStep().getArgument();
    }

    /// The feature's path.
    String file() {
        return id.substring(0, id.lastIndexOf(':'));
    }
}

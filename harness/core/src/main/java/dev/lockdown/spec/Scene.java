package dev.lockdown.spec;

import io.cucumber.plugin.event.DataTableArgument;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.StepArgument;
import io.cucumber.plugin.event.TestCase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the running scenario is: its id, the texts of all its steps, and the line of the one that runs.
final class Scene {
    // Events reach the plugin and steps run on one and the same thread, and Cucumber offers no other way from one to the other.
    private static final ThreadLocal<Scene> CURRENT = new ThreadLocal<>();

    private final String id;
    private final List<String> texts;
    private @Nullable PickleStepTestStep step;

    private Scene(String id, List<String> texts) {
        this.id = id;
        this.texts = texts;
    }

    static void enter(String id, TestCase testCase) {
        var texts = new ArrayList<String>();
        for (var step : testCase.getTestSteps())
            if (step instanceof PickleStepTestStep p) {
                texts.add(p.getStep().getText());
                if (p.getStep().getArgument() instanceof DataTableArgument table)
                    for (var row : table.cells()) texts.add(String.join(" ", row.stream().map(Table::text).toList()));
            }
        CURRENT.set(new Scene(id, List.copyOf(texts)));
    }

    static void leave() {
        CURRENT.remove();
    }

    static Scene current() {
        var scene = CURRENT.get();
        if (scene == null) throw new IllegalStateException("no scene: add the plugin dev.lockdown.suite.LockdownPlugin to cucumber.plugin");
        return scene;
    }

    static void at(PickleStepTestStep step) {
        current().step = step;
    }

    String id() {
        return id;
    }

    /// The steps' texts, and their tables' rows with their cells joined by blanks.
    List<String> texts() {
        return texts;
    }

    /// The line of the step that runs, or 0.
    int line() {
        return step == null ? 0 : step.getStep().getLine();
    }

    /// The line of a row of the step's table, its header being row 0.
    int line(int row) {
        StepArgument argument = step == null ? null : step.getStep().getArgument();
        return argument instanceof DataTableArgument table ? table.getLine() + row : line();
    }

    /// The line of the step's text block, its delimiter being line 0.
    int textLine() {
        StepArgument argument = step == null ? null : step.getStep().getArgument();
        return argument instanceof io.cucumber.plugin.event.DocStringArgument text ? text.getLine() : line();
    }

    /// The feature's path.
    String file() {
        return id.substring(0, id.lastIndexOf(':'));
    }
}

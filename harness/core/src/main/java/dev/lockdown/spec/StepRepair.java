package dev.lockdown.spec;

import io.cucumber.messages.types.Step;
import java.util.List;

/// Says what is wrong with a sentence that is no step, and the sentence repaired in its own words.
final class StepRepair {
    private final GlueSteps glue;

    StepRepair(GlueSteps glue) {
        this.glue = glue;
    }

    Mistake tell(FeatureTree tree, Step written, String text) {
        int line = FeatureTree.line(written.getLocation());
        return tree.lines().wrong(line, tree.lines().find(line, written.getText(), 0), "no step says this",
            List.of("all steps: ./lockdown steps (%d)".formatted(glue.definitions().size()), text));
    }
}

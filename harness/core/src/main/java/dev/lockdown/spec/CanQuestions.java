package dev.lockdown.spec;

import dev.lockdown.flow.Probe;
import dev.lockdown.spec.words.Can;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.ScenarioTrial;
import dev.lockdown.verdict.Question;
import java.util.ArrayList;
import java.util.List;

/// The questions of a verb, once what it says of earlier times is seen to be so.
record CanQuestions(ScenarioTrial trial) {

    /// @param line of the step
    /// @throws AssertionError if what the verb says of the baseline was not so
    /// @throws InputException if it speaks of an earlier verdict that is not there
    List<Question> of(Can can, List<Probe> probes, int line) {
        var questions = new ArrayList<Question>();
        for (var probe : probes) {
            switch (can.before) {
                case ANYTHING -> {}
                case OPEN_IN_BASELINE -> {
                    if (!trial.wasOpen(probe))
                        throw new AssertionError(
                            "%s was not open before the first policy: %s".formatted(probe, trial.baselineWords(probe)));
                }
                case BLOCKED_EARLIER -> {
                    if (!trial.wasBlocked(probe))
                        throw InputException.missing("earlier verdict", "can again",
                            "no earlier step of this scenario saw %s blocked, so it cannot be open again; say `can`"
                                .formatted(probe));
                }
            }
            questions.add(Question.of(probe, can.wanted, line).byName());
        }
        return questions;
    }
}

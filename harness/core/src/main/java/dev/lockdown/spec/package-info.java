/// The vocabulary: Gherkin's words to trial. Thin glue; the only room that knows Cucumber.
///
/// Step classes ([CastSteps], [ChangeSteps], [VerdictSteps]) share a scenario's [Stage]. [Specification] runs features, [Vocabulary]
/// lists the steps. Depends on trial.
@NullMarked
package dev.lockdown.spec;

import org.jspecify.annotations.NullMarked;

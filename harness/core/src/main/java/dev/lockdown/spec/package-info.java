/// The steps: Gherkin's words to trial. Thin glue; the only package that knows Cucumber.
///
/// Step classes ([SetupSteps], [ChangeSteps], [VerdictSteps]) share a scenario's [ScenarioContext]. [Specification] runs features,
/// [Vocabulary] lists the steps. Depends on trial.
@NullMarked
package dev.lockdown.spec;

import org.jspecify.annotations.NullMarked;

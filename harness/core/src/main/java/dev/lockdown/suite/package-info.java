/// The specification under JUnit, for Maven and IDEs: [LockdownPlugin] opens a session for the scenarios that Cucumber's engine runs.
///
/// ```java
/// @Suite
/// @IncludeEngines("cucumber")
/// @SelectPackages("features")
/// @ConfigurationParameter(key = "cucumber.glue", value = "dev.lockdown.spec")
/// @ConfigurationParameter(key = "cucumber.plugin", value = "dev.lockdown.suite.LockdownPlugin")
/// class ConnectivityTest {}
/// ```
/// The build fails where `./lockdown run` would not end with 0, with the text of [ScenarioError]. [SuitePlan] hears from JUnit what is going
/// to run, which is checked first ([SelectedScenarios]) and written down; [UnreadableFeatures] speaks where Cucumber cannot even begin.
/// System properties choose the cluster. Depends on spec, check, run, report and, for the cluster, on cli.
@NullMarked
package dev.lockdown.suite;

import org.jspecify.annotations.NullMarked;

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
/// The build fails where `./lockdown run` would not end with 0, with the text of [ScenarioError]. [SuiteCluster] is which cluster the
/// system property `lockdown.cluster` chooses. Depends on spec, run, report and, being an edge, on the clusters.
@NullMarked
package dev.lockdown.suite;

import org.jspecify.annotations.NullMarked;

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
/// Depends on spec and report.
@NullMarked
package dev.lockdown.suite;

import org.jspecify.annotations.NullMarked;

package dev.lockdown.features;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/// Runs every feature beside this module, as `./lockdown run` does.
@Suite
@IncludeEngines("cucumber")
@SelectDirectories(".")
@ConfigurationParameter(key = "cucumber.glue", value = "dev.lockdown.spec")
@ConfigurationParameter(key = "cucumber.plugin", value = "dev.lockdown.suite.LockdownPlugin:target/lockdown")
final class SpecificationTest {}

package dev.lockdown.suite;

/// A scenario that did not pass, told as on the command line: the matter, the place, the underlined text, what is known, and the report;
/// or why no scenario was started.
///
/// It has no stack trace, which would lead into Cucumber and say nothing.
public final class ScenarioError extends AssertionError {
    ScenarioError(String message) {
        super(message);
    }

    /// Of a test that cannot begin.
    public static ScenarioError of(String message) {
        return new ScenarioError(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

package dev.lockdown.verdict;

/// What a step claims of a probe.
public enum Wanted {
    OPEN, BLOCKED,
    /// Open to some of a Service's backends and blocked to the others.
    MIXED
}

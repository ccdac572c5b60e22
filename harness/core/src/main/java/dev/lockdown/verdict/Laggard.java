package dev.lockdown.verdict;

import dev.lockdown.flow.Outcome;

/// A place where a change had not shown by the deadline, and what was last seen there.
public record Laggard(SentinelPlace place, Outcome outcome) {}

package dev.lockdown.bench;

import java.time.Duration;

/// What one round took.
///
/// @param time by the clock
/// @param processor time of this process's Java threads, which says more than the clock on a machine that others use;
///     zero where it was not measured
record Sample(Duration time, Duration processor) {}

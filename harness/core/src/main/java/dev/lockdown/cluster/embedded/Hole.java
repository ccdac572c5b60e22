package dev.lockdown.cluster.embedded;

import java.time.Instant;

/// A time during which policies were not enforced.
///
/// @param opened when everything got through for sure
/// @param shutting until when it did
public record Hole(Instant opened, Instant shutting) {}

package dev.lockdown.cluster.embedded;

/// A time during which policies were not enforced, as [System#nanoTime].
///
/// @param openedNanos when everything got through for sure
/// @param shuttingNanos until when it did
public record Hole(long openedNanos, long shuttingNanos) {}

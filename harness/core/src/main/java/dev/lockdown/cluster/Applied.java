package dev.lockdown.cluster;

import java.time.Instant;

/// When changes were sent to a cluster and when it had answered all of them.
public record Applied(Instant sent, Instant answered) {}

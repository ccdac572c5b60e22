package dev.lockdown.cluster;

import org.jspecify.annotations.Nullable;

/// A cluster that was up and then refused, vanished or did not answer. Verdicts on it are inconclusive.
public final class ClusterException extends RuntimeException {
    public ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

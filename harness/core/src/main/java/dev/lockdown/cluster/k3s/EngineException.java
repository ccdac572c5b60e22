package dev.lockdown.cluster.k3s;

import org.jspecify.annotations.Nullable;

/// The engine refused, vanished or did not answer; the message is its own, the innermost that it gave.
final class EngineException extends RuntimeException {
    EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

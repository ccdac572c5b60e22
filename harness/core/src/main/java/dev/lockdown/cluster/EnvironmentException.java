package dev.lockdown.cluster;

import org.jspecify.annotations.Nullable;

/// This machine cannot do what is asked: what is missing, and the command that mends it. Exit status 3.
public final class EnvironmentException extends RuntimeException {
    public EnvironmentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

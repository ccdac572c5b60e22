package dev.lockdown.trial;

/// The canary shows that a cluster does not enforce policies: which node, direction and protocol. Nothing seen on it is evidence.
public final class UntrustedClusterException extends RuntimeException {
    public UntrustedClusterException(String message) {
        super(message);
    }
}

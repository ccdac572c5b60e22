package dev.lockdown.cluster;

/// This cluster does not have what a scenario needs, so the scenario is skipped, with the message as its reason; it never counts as
/// passed.
public final class UnsupportedException extends RuntimeException {
    /// @param reason to follow "skipped:"
    public UnsupportedException(String reason) {
        super(reason);
    }
}

package dev.lockdown.flow;

/// A direction of a connection.
public enum Way {
    /// From who opened it to who serves it.
    THERE,
    /// From who serves it to who opened it.
    BACK
}

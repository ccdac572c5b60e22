package dev.lockdown.chaos;

/// What a step says of a connection that is held open.
public enum FateClaim {
    /// It outlives the last change.
    SURVIVES,
    /// The last change ends it, and one of its ends is told.
    IS_RESET,
    /// After the last change nothing arrives any longer, and nobody says so.
    GOES_SILENT,
    /// After the last change only what the server sends arrives.
    REPLIES_ONLY,
    /// Since it was opened every beat has arrived.
    LOSES_NOTHING
}

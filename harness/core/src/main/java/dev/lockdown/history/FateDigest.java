package dev.lockdown.history;

/// What became of a held connection.
///
/// @param flow in words
/// @param line of the step that asks
/// @param fate such as `SURVIVED`, or `UNKNOWN`
public record FateDigest(String flow, int line, String fate) {}

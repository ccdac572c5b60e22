package dev.lockdown.chaos;

/// What was done to the cluster while flows were watched.
///
/// @param words such as `policy shop/deny-all applied`
/// @param sentMicros since the watch began; negative where it was done before
/// @param answeredMicros when the cluster had answered
public record Cause(String words, long sentMicros, long answeredMicros) {}

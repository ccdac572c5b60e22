package dev.lockdown.manifest;

/// A stretch of the source.
///
/// @param at of its first character
/// @param from index of the first code point in the source, and `to` of the one after the last
record SourceSpan(Position at, int from, int to) {}

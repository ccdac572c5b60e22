package dev.lockdown.journal;

/// Which part of a run was planned, where others run on other machines.
///
/// @param index from 1
/// @param of how many there are
/// @param whole a digest of all that is shared out; parts of one run have the same
public record PlannedShard(int index, int of, String whole) {}

package dev.lockdown.cluster.k3s;

/// What one look at a cluster that comes up saw.
///
/// @param what is there, or what is still waited for, in one line
record Look(boolean good, String what) {}

package dev.lockdown.cluster.k3s;

/// What a look at the cluster saw.
///
/// @param what is there, or what is still waited for, in one line
record Look(boolean good, String what) {}

package dev.lockdown.cluster.embedded;

import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;

/// What the cluster is at one moment, with the addresses that belong to it.
record Snapshot(ClusterState state, Addresses addresses) {}

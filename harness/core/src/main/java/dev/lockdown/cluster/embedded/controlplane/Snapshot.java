package dev.lockdown.cluster.embedded.controlplane;

import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;

/// What the cluster is at one moment, with the addresses that belong to it.
public record Snapshot(ClusterState state, Addresses addresses) {}

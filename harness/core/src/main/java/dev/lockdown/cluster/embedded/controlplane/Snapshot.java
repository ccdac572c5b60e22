package dev.lockdown.cluster.embedded.controlplane;

import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import java.util.List;

/// What the cluster is at one moment, with the addresses that belong to it.
public record Snapshot(ClusterState state, Addresses addresses) {
    /// Of a cluster that has nothing yet.
    public static final Snapshot EMPTY = new Snapshot(ClusterState.ofNodes(List.of()), Addresses.NONE);
}

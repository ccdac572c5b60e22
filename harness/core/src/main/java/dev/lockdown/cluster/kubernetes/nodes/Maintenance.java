package dev.lockdown.cluster.kubernetes.nodes;

import dev.lockdown.cluster.CniReleases;
import dev.lockdown.cluster.NodeRestarter;

/// What can be done to a cluster from elsewhere than its API.
///
/// @param nodes restarts its machines
/// @param releases gives the manifests of its network plugin's versions
public record Maintenance(NodeRestarter nodes, CniReleases releases) {
    public static final Maintenance NONE = new Maintenance(NodeRestarter.NONE, CniReleases.NONE);
}

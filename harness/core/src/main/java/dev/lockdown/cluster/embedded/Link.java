package dev.lockdown.cluster.embedded;

/// Where a pod is plugged in.
///
/// @param hostInterface the interface in the node's namespace whose other end is in the pod
record Link(String node, String hostInterface) {}

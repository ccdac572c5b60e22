package dev.lockdown.cluster.embedded.nft;

/// Where a pod is plugged in.
///
/// @param hostInterface the interface in the node's namespace whose other end is in the pod
public record Link(String node, String hostInterface) {}

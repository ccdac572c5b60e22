package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.flow.NamespacedName;

/// A pod to be joined to the network.
///
/// @param node the name of a node that is there
/// @param hostNetwork whether it shares the node's network instead of having its own
public record PodPlan(NamespacedName name, String node, boolean hostNetwork) {}

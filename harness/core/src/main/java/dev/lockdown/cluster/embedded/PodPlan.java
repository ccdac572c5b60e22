package dev.lockdown.cluster.embedded;

import dev.lockdown.flow.NamespacedName;

/// A pod to be joined to the network.
///
/// @param node the name of a node that is there
/// @param hostNetwork whether it shares the node's network instead of having its own
record PodPlan(NamespacedName name, String node, boolean hostNetwork) {}

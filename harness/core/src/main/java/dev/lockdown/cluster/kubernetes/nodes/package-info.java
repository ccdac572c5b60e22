/// What is done to the machines of a cluster of which there is nothing but its API: a privileged pod on each, which uses the machine's own
/// tools, keeps its own deadline, and needs neither the harness nor the API to end.
///
/// [NodeConditions] and [NodeDoubts] mind those that are not Ready, by the API alone.
///
/// [NodeToolPods] reads by the same way what a node has programmed.
///
/// Enter at [ApiCuts] or [NodeDoubts]. Knows objects of the API, system, and nothing of a run but the labels of what it makes.
@NullMarked
package dev.lockdown.cluster.kubernetes.nodes;

import org.jspecify.annotations.NullMarked;

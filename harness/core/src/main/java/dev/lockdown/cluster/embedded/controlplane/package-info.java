/// What a control plane decides: the node of a pod, the ClusterIP and node ports of a Service, the objects that a new cluster
/// brings with it, the tokens of service accounts, the pods behind a Service.
///
/// Enter at [Scheduler] and [SystemObjects]; a [Snapshot] is what the servers answer from. Depends on state and on the address plan of
/// wiring.
@NullMarked
package dev.lockdown.cluster.embedded.controlplane;

import org.jspecify.annotations.NullMarked;

/// The machine of the harness as the outside of a cluster: it serves the external hosts of features, dials into the cluster, and is
/// looked for by an address that the nodes reach.
///
/// The load balancers of the cluster's Services are looked for as well.
///
/// Enter at [OwnHosts] and [BalancerAddresses]; [External] is what the user says of a host. Depends on cluster.kubernetes.agent.
@NullMarked
package dev.lockdown.cluster.kubernetes.outside;

import org.jspecify.annotations.NullMarked;

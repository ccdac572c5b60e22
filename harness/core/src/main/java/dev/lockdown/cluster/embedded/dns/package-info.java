/// The name servers of the kube-dns pods: the zone of a cluster and the answers from it. Nothing is forwarded.
///
/// Enter at [ClusterDns]. Depends on controlplane, whose [dev.lockdown.cluster.embedded.controlplane.Snapshot] it answers from.
@NullMarked
package dev.lockdown.cluster.embedded.dns;

import org.jspecify.annotations.NullMarked;

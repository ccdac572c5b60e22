/// The cluster that is made of network namespaces on this machine: real kernel, real sockets, our own enforcement.
///
/// What its pods and nodes answer is here too: [ClusterDns] is the mind of the kube-dns pods, [ApiServer] the Kubernetes API on
/// a node. Depends on state and probe, and on the seam in `cluster`.
@NullMarked
package dev.lockdown.cluster.embedded;

import org.jspecify.annotations.NullMarked;

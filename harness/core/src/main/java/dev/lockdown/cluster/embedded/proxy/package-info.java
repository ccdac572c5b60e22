/// Services on every node, as kube-proxy has them: address translation from ClusterIPs and node ports to backends, and the masquerade
/// of what leaves the cluster.
///
/// Enter at [ServiceProxy]. Depends on nft and state.
@NullMarked
package dev.lockdown.cluster.embedded.proxy;

import org.jspecify.annotations.NullMarked;

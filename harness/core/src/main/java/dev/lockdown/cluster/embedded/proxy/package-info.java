/// Services on every node, as kube-proxy has them: address translation from ClusterIPs, node ports and load
/// balancers' addresses to backends, and the masquerade
/// of what leaves the cluster.
///
/// Enter at [ServiceProxy]. Depends on nft, and on controlplane for the pods behind a Service.
@NullMarked
package dev.lockdown.cluster.embedded.proxy;

import org.jspecify.annotations.NullMarked;

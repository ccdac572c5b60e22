/// A cluster of network namespaces in this process: real kernel, real sockets, real connection tracking; enforcement is ours,
/// compiled to nftables for each node.
///
/// Enter at [EmbeddedBackend]. A cluster is a list of [Part], through each of which a change goes; [Assembly] makes them, [Prober] makes
/// the dials. The rooms inside are for one another alone: `kernel` and `nft` below all, `wiring`, `controlplane`, `api`, `dns`, `proxy`,
/// `netpol`, `defect`, `dial`, `watch`, `held`. Depends on cluster, state and probe, and on nothing of the oracle.
@NullMarked
package dev.lockdown.cluster.embedded;

import org.jspecify.annotations.NullMarked;

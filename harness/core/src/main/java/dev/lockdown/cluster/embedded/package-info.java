/// A cluster of network namespaces in this process: real kernel, real sockets, real connection tracking; enforcement is ours,
/// compiled to nftables for each node.
///
/// Enter at [EmbeddedBackend]. A list of parts, each handling a change: wiring, firewall, service proxy, DNS, API server, external
/// hosts; the dialler makes the dials. Depends on cluster, state and probe, and on nothing of the oracle.
@NullMarked
package dev.lockdown.cluster.embedded;

import org.jspecify.annotations.NullMarked;

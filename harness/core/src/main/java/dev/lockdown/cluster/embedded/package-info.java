/// The embedded cluster: nodes and pods are network namespaces on this machine, policies are nftables rules on the nodes.
///
/// `kernel` has the kernel's interfaces, `AddressPlan` gives out addresses, `Wiring` joins the namespaces.
@NullMarked
package dev.lockdown.cluster.embedded;

import org.jspecify.annotations.NullMarked;

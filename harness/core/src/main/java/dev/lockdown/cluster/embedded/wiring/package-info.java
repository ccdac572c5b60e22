/// The network of one cluster: namespaces of nodes, pods and external hosts, the virtual Ethernet pairs between them, their
/// addresses and routes. It knows nothing of who may talk to whom.
///
/// Enter at [Wiring]; addresses are chosen by [AddressPlan]; [NodeRuleset] carries the rules of a node to its kernel. Depends on the kernel
/// interfaces and on nft.
@NullMarked
package dev.lockdown.cluster.embedded.wiring;

import org.jspecify.annotations.NullMarked;

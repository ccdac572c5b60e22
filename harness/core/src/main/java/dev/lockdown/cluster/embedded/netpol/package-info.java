/// Enforcement of NetworkPolicy: compiles the policies of a state to nftables rules and sets for each node.
///
/// Enter at [Firewall]. Depends on nft and state; shares nothing with the oracle, on purpose.
@NullMarked
package dev.lockdown.cluster.embedded.netpol;

import org.jspecify.annotations.NullMarked;

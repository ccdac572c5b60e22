/// What nodes have programmed about a flow, found in the dumps of their own tools and held against what the oracle expects there.
///
/// Enter at [FlowRules]. A [Firewall] is read from the output of `iptables-save`, `ipset save` and `nft list ruleset`; [FlowFilter] keeps of
/// it the chains through which the flow can come, [Admissions] are the addresses and ports that the policies let through by the oracle's
/// reading of selectors, and [FactSearch] says where the two differ. Pure: nothing is asked of a cluster. Depends on cluster (its seam),
/// verdict, policy, state and flow.
@NullMarked
package dev.lockdown.rules;

import org.jspecify.annotations.NullMarked;

/// The text of nftables: a table as data and the transaction that turns one version of it into the next, address ranges, and
/// where a pod is plugged in. Nothing here opens a socket: a [Ruleset] carries a script out.
///
/// Enter at [Table]. Depends on state and flow alone.
@NullMarked
package dev.lockdown.cluster.embedded.nft;

import org.jspecify.annotations.NullMarked;

/// By what two runs on one cluster keep apart, and how it is known that one is dead: a Lease in the cluster, and a ledger of each run on this
/// machine.
///
/// Enter at `RunLease` and at `Ledger`. They know the API's client and nothing of pods or scenarios.
@NullMarked
package dev.lockdown.cluster.kubernetes.lease;

import org.jspecify.annotations.NullMarked;

/// The seam between what a scenario wants and what a cluster offers.
///
/// Enter at [Cluster]: changes go in, observations come out. `cluster.embedded` is the one made of network namespaces,
/// `cluster.kubernetes` one behind an API, `cluster.k3s` brings one of the latter up. What they share is here: [Polling] waits, [Waits] tells
/// of what takes long,
/// [ServiceEndpoints] finds the pods behind a Service, [HarnessNamespaces] are the harness's own. Depends on state and probe.
@NullMarked
package dev.lockdown.cluster;

import org.jspecify.annotations.NullMarked;

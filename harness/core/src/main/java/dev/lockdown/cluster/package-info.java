/// The seam between what a scenario wants and what a cluster offers.
///
/// Enter at [Cluster]: changes go in, observations come out. `cluster.embedded` is the one made of network namespaces.
/// Depends on state and probe.
@NullMarked
package dev.lockdown.cluster;

import org.jspecify.annotations.NullMarked;

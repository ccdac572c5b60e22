/// Differential fuzzing: random clusters, policies and changes, the oracle held against the data plane in every cell.
///
/// Enter at [Fuzz]. One seed makes an [Episode], a list of states one after another; [EpisodePlayer] plays it on a cluster and compares;
/// [Shrinker] makes a failing one small; [Evidence] writes it as manifests that `./lockdown table` takes. Depends on state, policy, cluster
/// and manifest, and knows no particular cluster.
@NullMarked
package dev.lockdown.fuzz;

import org.jspecify.annotations.NullMarked;

/// Which running pod of a cluster plays which pod of a scenario: pods outlive their scenario, and one is taken for any other of its shape.
///
/// Enter at [Casting], which chooses by [PodShape] among the [IdlePods] that play none; [PodNames] tell what a pod of a feature is called in
/// the cluster. Depends on `agent`.
@NullMarked
package dev.lockdown.cluster.kubernetes.pool;

import org.jspecify.annotations.NullMarked;

/// How fast the embedded cluster and the oracle are, beside what is wanted and what the kernel allows, measured in the same run.
///
/// Enter at [Bench]. Everything goes through the seam that a run uses ([dev.lockdown.cluster.Cluster]), in one JVM, so that the figures are
/// those a run gets. Depends on cluster and policy.
@NullMarked
package dev.lockdown.bench;

import org.jspecify.annotations.NullMarked;

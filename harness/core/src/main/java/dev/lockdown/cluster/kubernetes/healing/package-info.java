/// What is kept in a cluster of a disruption that is under way, so that it does not outlive a harness that is killed: how to take it back
/// ([HealingRecords], one ConfigMap each), and a Job at whose deadline the cluster itself deletes what was added ([DeadlineJobs]).
///
/// Enter at [HealingRecords], by which the next run and `doctor --sweep` heal. Knows objects of the API, and nothing of a run.
@NullMarked
package dev.lockdown.cluster.kubernetes.healing;

import org.jspecify.annotations.NullMarked;

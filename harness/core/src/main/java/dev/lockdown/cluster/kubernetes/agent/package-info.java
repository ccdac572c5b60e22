/// The agents in the pods of a Kubernetes cluster as the harness speaks with them: the stream to one of them, its calls, its samples, and
/// what is known of the difference of clocks. Knows nothing of a run or of the objects in the cluster.
@NullMarked
package dev.lockdown.cluster.kubernetes.agent;

import org.jspecify.annotations.NullMarked;

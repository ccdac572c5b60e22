/// A cluster behind a Kubernetes API: real pods run the agent, and their attached streams carry requests and responses.
///
/// Enter at [KubernetesBackend], which keeps the pods of one scenario for the next ([AgentPods], [RunNamespaces]), and at
/// [KubernetesCluster], what one scenario sees: [ApiApplier] applies its changes, [AgentProber] makes its probes,
/// [AgentWatch] gathers the samples that agents take of watched flows.
/// Whatever is made here carries the label `lockdown.dev/run`, and nothing else is touched. fabric8 speaks with the API; policies are
/// made from the state, since fabric8 drops what it does not know. Depends on state, probe and pod.
@NullMarked
package dev.lockdown.cluster.kubernetes;

import org.jspecify.annotations.NullMarked;

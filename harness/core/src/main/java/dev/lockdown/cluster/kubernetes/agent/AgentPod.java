package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// A running pod and the link to its agent.
///
/// @param pod as the state has it, with the node on which it really is
/// @param asked as it was asked for
/// @param uid the API's
public record AgentPod(Pod pod, Pod asked, String uid, List<InetAddress> addresses, AgentLink link) {
    public AgentPod {
        addresses = List.copyOf(addresses);
    }

    /// Whether this pod can be taken for another: everything but its labels is fixed, and its agent must be as it was at first.
    public boolean isFitFor(Pod other) {
        return asked.withLabels(other.labels()).equals(other) && link.restarts() == 0 && !link.isLost();
    }

    public AgentPod labelled(Map<String, String> labels) {
        return new AgentPod(pod.withLabels(labels), asked.withLabels(labels), uid, addresses, link);
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.flow.Family;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// A pod that runs an agent.
///
/// @param pod as the state has it, with the node on which it really is
/// @param asked as it was asked for
/// @param uid the API's
record AgentPod(Pod pod, Pod asked, String uid, List<InetAddress> addresses, AgentLink link) {
    AgentPod {
        addresses = List.copyOf(addresses);
    }

    Optional<InetAddress> address(Family family) {
        return addresses.stream().filter(a -> Family.of(a) == family).findFirst();
    }

    /// Whether this pod can play another: everything but its labels is fixed.
    boolean canPlay(Pod other) {
        return asked.withLabels(other.labels()).equals(other);
    }

    AgentPod labelled(java.util.Map<String, String> labels) {
        return new AgentPod(pod.withLabels(labels), asked.withLabels(labels), uid, addresses, link);
    }
}

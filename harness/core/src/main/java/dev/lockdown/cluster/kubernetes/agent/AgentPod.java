package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A running pod and the link to its agent.
///
/// @param pod as the state has it, with the node on which it really is
/// @param asked as it was asked for
/// @param made what it is in the cluster, whichever pod it plays
public record AgentPod(Pod pod, Pod asked, Made made, List<InetAddress> addresses, AgentLink link) {
    public AgentPod {
        addresses = List.copyOf(addresses);
    }

    /// What does not change as long as it runs.
    ///
    /// @param object its name in the cluster
    /// @param uid the API's
    /// @param pod as it was created
    public record Made(NamespacedName object, String uid, Pod pod) {}

    /// The ports on which a pod's agent listens.
    public static List<Port> ports(Pod pod) {
        return pod.ports().stream().map(ContainerPort::port).distinct().toList();
    }

    public AgentPod labelled(Map<String, String> labels) {
        return new AgentPod(pod.withLabels(labels), asked.withLabels(labels), made, addresses, link);
    }

    /// The same, which was created as it was said before, if it is still that one.
    public AgentPod after(@Nullable AgentPod before) {
        return before != null && before.made.uid.equals(made.uid) ? new AgentPod(pod, asked, before.made, addresses, link) : this;
    }

    /// The same one playing another.
    public AgentPod as(Pod other) {
        return new AgentPod(other.onNode(pod.node()), other, made, addresses, link);
    }
}

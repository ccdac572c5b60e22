package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.Comparator;
import java.util.List;

/// What of a pod can neither be changed while it runs nor be overlooked by a policy, a Service or a network plugin. A pod may be taken for
/// any other of its shape: it is given other labels, and its agent another identity and other ports to listen on.
///
/// Policies and Services know the ports of a container by their names alone (`containerPort` is information, says the API), so that named
/// ones must be equal and others need not. That is not so for a network plugin that mixes up the named ports of pods which declare a port
/// alike ([dev.lockdown.verdict.KnownDefect#KUBE_ROUTER_SHARED_CONTAINER_PORT]): where a scenario names any port, all that its pods declare
/// must be as it says, or it would show the defect without a reason, or hide it.
///
/// @param namespace as features name it
/// @param ports those that must be equal, in order
public record PodShape(String namespace, boolean hostNetwork, List<Declared> ports) {
    public PodShape {
        ports = List.copyOf(ports);
    }

    /// A port that a container declares.
    public record Declared(Port port, String name) {}

    /// @param everyPort whether ports without a name count as well
    public static PodShape of(Pod pod, boolean everyPort) {
        var ports = pod.ports().stream().filter(ContainerPort::declared).filter(p -> everyPort || !p.name().isEmpty())
            .map(p -> new Declared(p.port(), p.name())).distinct()
            .sorted(Comparator.comparing(Declared::name).thenComparing(p -> p.port().toString())).toList();
        return new PodShape(pod.name().namespace(), pod.hostNetwork(), ports);
    }

    /// Whether some of a pod's ports have names.
    public static boolean names(Pod pod) {
        return pod.ports().stream().anyMatch(p -> !p.name().isEmpty());
    }

    /// Whether a container of the pod declares a port.
    public static boolean declares(Pod pod) {
        return pod.ports().stream().anyMatch(ContainerPort::declared);
    }

    /// Whether a running pod can be taken for another: on a node that will do, with an agent that is as it was at first.
    ///
    /// @param everyPort whether ports without a name must be declared alike
    public static boolean fits(AgentPod there, Pod wanted, boolean everyPort) {
        return of(there.made().pod(), everyPort).equals(of(wanted, everyPort))
            && (wanted.node().isEmpty() || wanted.node().equals(there.pod().node())) && there.link().restarts() == 0
            && !there.link().isLost();
    }
}

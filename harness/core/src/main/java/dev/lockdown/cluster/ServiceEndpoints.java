package dev.lockdown.cluster;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Alias;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.TargetPort;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The pods behind a Service, as its selector and its target ports say. The oracle keeps a reading of its own, so that the two check
/// each other.
public final class ServiceEndpoints {
    private static final int LONGEST_CHAIN = 8;

    private ServiceEndpoints() {}

    /// @param port on which the pod serves it
    public record ServiceEndpoint(Pod pod, Port port) {}

    /// Find the endpoints of one port of a Service; none where there is no such Service or port, or it has no selector.
    public static List<ServiceEndpoint> of(ClusterState state, NamespacedName name, Port port) {
        var service = state.services().get(name);
        if (service == null) return List.of();
        var offered = service.ports().stream().filter(p -> p.port().equals(port)).findFirst();
        if (offered.isEmpty()) return List.of();
        var endpoints = new ArrayList<ServiceEndpoint>();
        for (var pod : pods(state, service))
            target(pod, offered.get()).ifPresent(n -> endpoints.add(new ServiceEndpoint(pod, new Port(port.protocol(), n))));
        return List.copyOf(endpoints);
    }

    /// Find the endpoints behind a port of the nodes; none where no Service has it.
    public static List<ServiceEndpoint> ofNodePort(ClusterState state, Port port) {
        for (var service : state.services().values())
            for (var offered : service.ports())
                if (isNodePort(offered, port)) return of(state, service.name(), offered.port());
        return List.of();
    }

    /// Find the pods of a node whose containers have a port of the node for their own.
    public static List<ServiceEndpoint> ofHostPort(ClusterState state, String node, Port port) {
        var endpoints = new ArrayList<ServiceEndpoint>();
        for (var pod : state.pods().values())
            if (pod.node().equals(node) && !pod.hostNetwork())
                for (var offered : pod.ports())
                    if (offered.hostPort() == port.number() && offered.port().protocol() == port.protocol())
                        endpoints.add(new ServiceEndpoint(pod, offered.port()));
        return endpoints;
    }

    /// Follow a flow to an alias (ExternalName) to what clients dial under its name; every other flow stays as it is.
    public static Flow followed(ClusterState state, Flow flow) {
        return new Flow(flow.source(), followed(state, flow.destination()), flow.port(), flow.family());
    }

    /// Follow a name to what clients dial under it: an alias to its end, and everything else to itself.
    public static Endpoint followed(ClusterState state, Endpoint destination) {
        var followed = destination;
        for (int hop = 0; hop < LONGEST_CHAIN; hop++) {
            if (!(followed instanceof Endpoint.Service(var name)) || !(state.services().get(name) instanceof Service service)
                || !service.isAlias()) return followed;
            followed = Alias.target(service);
        }
        return followed;
    }

    /// Whether a Service's port is offered on this port of every node.
    public static boolean isNodePort(Service.ServicePort offered, Port port) {
        return offered.nodePort() == port.number() && offered.port().protocol() == port.protocol();
    }

    /// Find the pods that a Service selects, whatever they serve; none where it has no selector.
    public static List<Pod> pods(ClusterState state, Service service) {
        return service.selector().isEmpty() ? List.of() : state.pods().values().stream().filter(p -> selects(service, p)).toList();
    }

    private static boolean selects(Service service, Pod pod) {
        return pod.name().namespace().equals(service.name().namespace())
            && pod.labels().entrySet().containsAll(service.selector().entrySet());
    }

    /// The number on which a pod serves a Service's port; empty if its target is a name that the pod does not declare for the protocol.
    public static OptionalInt target(Pod pod, Service.ServicePort port) {
        return switch (port.target()) {
            case TargetPort.Number(var number) -> OptionalInt.of(number);
            case TargetPort.Name(var name) -> pod.ports().stream()
                .filter(c -> c.name().equals(name) && c.port().protocol() == port.port().protocol())
                .mapToInt(c -> c.port().number()).findFirst();
        };
    }
}

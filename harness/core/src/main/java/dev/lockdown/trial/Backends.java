package dev.lockdown.trial;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.TargetPort;
import java.util.List;
import java.util.Optional;

/// The pods behind a Service's port.
final class Backends {

    private Backends() {}

    record Backend(Endpoint.Pod pod, Port port) {}

    static List<Backend> of(ClusterState state, NamespacedName name, Port port) {
        var service = state.services().get(name);
        if (service == null || service.selector().isEmpty()) return List.of();
        var target = service.ports().stream().filter(p -> p.port().equals(port)).map(Service.ServicePort::target).findFirst();
        return state.pods().values().stream().filter(p -> selected(service, p))
            .flatMap(p -> target.flatMap(t -> resolve(p, port, t)).map(r -> new Backend(new Endpoint.Pod(p.name()), r)).stream()).toList();
    }

    /// The pods behind a port of the nodes; none where no Service has it.
    static List<Backend> ofNodePort(ClusterState state, Port port) {
        for (var service : state.services().values())
            for (var offered : service.ports())
                if (offered.nodePort() == port.number() && offered.port().protocol() == port.protocol())
                    return of(state, service.name(), offered.port());
        return List.of();
    }

    private static boolean selected(Service service, Pod pod) {
        return pod.name().namespace().equals(service.name().namespace())
            && pod.labels().entrySet().containsAll(service.selector().entrySet());
    }

    private static Optional<Port> resolve(Pod pod, Port port, TargetPort target) {
        return switch (target) {
            case TargetPort.Number(var number) -> Optional.of(new Port(port.protocol(), number));
            case TargetPort.Name(var name) -> pod.ports().stream()
                .filter(c -> c.name().equals(name) && c.port().protocol() == port.protocol()).map(c -> c.port()).findFirst();
        };
    }
}

package dev.lockdown.cluster.embedded.controlplane;

import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.util.List;
import java.util.OptionalInt;

/// The pods behind a Service, as the EndpointSlice controller finds them. Every pod of a cluster's state is ready.
public final class ServiceEndpoints {

    private ServiceEndpoints() {}

    /// Find the pods of the Service's own namespace that carry all labels of its selector; none if it has no selector.
    public static List<Pod> pods(ClusterState state, Service service) {
        if (service.selector().isEmpty()) return List.of();
        var selector = service.selector().entrySet();
        return state.pods().values().stream().filter(p -> p.name().namespace().equals(service.name().namespace()))
            .filter(p -> p.labels().entrySet().containsAll(selector)).toList();
    }

    /// Give the number on which the pod serves the port; empty if the port's target is a name that the pod does not declare for
    /// the protocol.
    public static OptionalInt target(Pod pod, ServicePort port) {
        return switch (port.target()) {
            case TargetPort.Number(int number) -> OptionalInt.of(number);
            case TargetPort.Name(var name) ->
                pod.ports().stream().filter(p -> p.name().equals(name) && p.port().protocol() == port.port().protocol())
                    .mapToInt(p -> p.port().number()).findFirst();
        };
    }
}

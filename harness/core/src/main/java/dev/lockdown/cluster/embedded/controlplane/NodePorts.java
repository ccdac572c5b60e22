package dev.lockdown.cluster.embedded.controlplane;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/// Gives Services of type NodePort the ports that they do not ask for, from 30000 on, as the API server does.
final class NodePorts {
    private static final int FIRST = 30_000;
    private static final int LAST = 32_767;

    private final ClusterState state;
    private final Map<Port, NamespacedName> taken = new HashMap<>();

    NodePorts(ClusterState state) {
        this.state = state;
        state.services().values().forEach(this::take);
    }

    /// @throws IllegalArgumentException if it asks for one that another Service has
    Service of(Service wish) {
        if (!wish.type().hasNodePorts()) return wish;
        taken.values().removeIf(wish.name()::equals);
        for (var port : wish.ports()) if (port.nodePort() != 0) claim(wish.name(), new Port(port.port().protocol(), port.nodePort()));
        var ports = new ArrayList<ServicePort>();
        for (var port : wish.ports()) ports.add(new ServicePort(port.name(), port.port(), port.target(), number(wish, port)));
        var given = wish.withPorts(ports);
        take(given);
        return given;
    }

    private int number(Service service, ServicePort port) {
        if (port.nodePort() != 0) return port.nodePort();
        int former = former(service.name(), port);
        return former != 0 ? former : free(port.port().protocol(), service.name());
    }

    private void claim(NamespacedName service, Port port) {
        var owner = taken.putIfAbsent(port, service);
        if (owner != null)
            throw new IllegalArgumentException(
                "service %s asks for the node port %s, which service %s has".formatted(service, port.number(),
                    owner));
    }

    private int former(NamespacedName service, ServicePort port) {
        var former = state.services().get(service);
        return former == null ? 0
            : former.ports().stream().filter(p -> p.port().equals(port.port())).mapToInt(ServicePort::nodePort).findFirst()
                .orElse(0);
    }

    private int free(Protocol protocol, NamespacedName service) {
        for (int number = FIRST; number <= LAST; number++) {
            var port = new Port(protocol, number);
            if (!taken.containsKey(port)) {
                taken.put(port, service);
                return number;
            }
        }
        throw new IllegalArgumentException("all node ports of %s are taken".formatted(protocol));
    }

    private void take(Service service) {
        for (var port : service.ports())
            if (port.nodePort() != 0) taken.put(new Port(port.port().protocol(), port.nodePort()), service.name());
    }
}

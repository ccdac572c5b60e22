package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Service;
import java.util.Map;
import java.util.Optional;

/// Finds the Services that objects of the platform send to.
final class Backends {
    private final Map<NamespacedName, Service> services;
    private final Operators operators;
    private final Collected collected;

    Backends(Map<NamespacedName, Service> services, Operators operators, Collected collected) {
        this.services = services;
        this.operators = operators;
        this.collected = collected;
    }

    Optional<Service> service(NamespacedName name) {
        return Optional.ofNullable(services.get(name));
    }

    /// @param port number or name; empty for the only one
    void send(Party from, NamespacedName name, String port, Purpose purpose, Because because) {
        var service = services.get(name);
        if (service == null && operators.behind(name).orElse(null) instanceof Template pods) {
            operated(from, pods, name, port, purpose, because);
            return;
        }
        if (service == null && operators.maker(name).orElse(null) instanceof WrittenObject maker) {
            collected.unproven(from, Operators.maySay(name, maker), Operators.remedy(name), because);
            return;
        }
        if (service == null) {
            collected.dangling(from, "there is no Service %s in namespace %s".formatted(name.name(), name.namespace()),
                "add the Service, or mend the name", because);
            return;
        }
        port(service, port).ifPresentOrElse(p -> collected.need(from, new Party.Service(name), p, purpose, because),
            () -> collected.dangling(from, "Service %s has no port %s; it has %s".formatted(name, port.isEmpty() ? "that it must be" : port,
                String.join(", ", service.ports().stream().map(Backends::said).toList())), "mend the port", because));
    }

    private void operated(Party from, Template to, NamespacedName name, String port, Purpose purpose, Because because) {
        var ports = to.pods().getFirst().ports();
        int usual = OperatedKinds.of(to.object()).map(OperatedKinds.Made::dialled).orElse(0);
        ports.stream().map(ContainerPort::port)
            .filter(p -> port.isEmpty() ? p.number() == usual : String.valueOf(p.number()).equals(port)).findFirst()
            .or(() -> ports.stream().filter(p -> p.name().equals(port)).map(ContainerPort::port).findFirst())
            .ifPresentOrElse(p -> collected.need(from, to.party(), p, purpose, because), () -> collected.unproven(from,
                Operators.portSay(name, to, port.isEmpty() ? "that it must be" : port), "mend the port, or declare the need", because));
    }

    private static String said(Service.ServicePort port) {
        return port.port() + (port.name().isEmpty() ? "" : " (%s)".formatted(port.name()));
    }

    /// By number, by name, or by what OpenShift has besides: the target.
    private static Optional<Port> port(Service service, String port) {
        if (port.isEmpty()) return service.ports().size() == 1 ? Optional.of(service.ports().getFirst().port()) : Optional.empty();
        var byOwn = service.ports().stream()
            .filter(p -> p.name().equals(port) || String.valueOf(p.port().number()).equals(port)).findFirst();
        return byOwn.or(() -> service.ports().stream().filter(p -> switch (p.target()) {
            case Service.TargetPort.Name(var name) -> name.equals(port);
            case Service.TargetPort.Number(var number) -> String.valueOf(number).equals(port);
        }).findFirst()).map(Service.ServicePort::port);
    }
}

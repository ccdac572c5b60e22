package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.InputException;
import dev.lockdown.state.NearestWord;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// A question about one kind of traffic, as somebody types it: from whom, to whom, on which port. Each end may stand for several pods.
public record FlowQuestion(FlowEnds.End from, FlowEnds.End to, String port) {
    private static final Port API_PORT = new Port(Protocol.TCP, 443);

    /// Give all flows that are asked about; a pod's way to itself counts only where there is no other.
    ///
    /// @throws InputException if the destination has no such port
    public List<Flow> flows(ClusterState state) {
        var flows = new ArrayList<Flow>();
        for (var destination : to.endpoints()) {
            var on = port(destination, state);
            for (var source : from.endpoints()) flows.add(new Flow(source, destination, on, family()));
        }
        if (flows.size() > 1) flows.removeIf(f -> f.source().equals(f.destination()));
        return flows;
    }

    private Family family() {
        return from.isIpv6() || to.isIpv6() ? Family.IPV6 : Family.IPV4;
    }

    private Port port(Endpoint destination, ClusterState state) {
        int slash = port.indexOf('/');
        var name = port.substring(slash + 1);
        boolean numbered = slash < 0 || name.matches("[0-9]+");
        var protocol = protocol(numbered ? parsed().protocol().toString() : port.substring(0, slash));
        return switch (destination) {
            case Endpoint.Service(var service) when state.services().get(service) instanceof Service known ->
                ofService(known, protocol, numbered, name);
            case Endpoint.LoadBalancer(var service) when state.services().get(service) instanceof Service known ->
                ofService(known, protocol, numbered, name);
            case Endpoint.Pod(var pod) when !numbered -> named(pod, protocol, name, state);
            case Endpoint.KubernetesApi _ -> {
                if (numbered && parsed().equals(API_PORT) || name.equals("https")) yield API_PORT;
                throw new InputException("the Kubernetes API has no port %s; it has %s (https)".formatted(port, API_PORT));
            }
            case Endpoint.Pod _, Endpoint.Service _, Endpoint.LoadBalancer _, Endpoint.Host _, Endpoint.Node _ -> {
                if (numbered) yield parsed();
                throw new InputException(
                    "%s names no ports, only pods and Services do; give %s by its number".formatted(destination, port));
            }
        };
    }

    private Port parsed() {
        try {
            return Port.parse(port);
        } catch (IllegalArgumentException e) {
            throw new InputException("--port: " + e.getMessage());
        }
    }

    private static Protocol protocol(String word) {
        try {
            return Protocol.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InputException("--port: \"%s\" is not a protocol; expected TCP, UDP or SCTP".formatted(word));
        }
    }

    private Port ofService(Service service, Protocol protocol, boolean numbered, String name) {
        for (var offered : service.ports())
            if (offered.port().protocol() == protocol && (numbered ? offered.port().equals(parsed()) : offered.name().equals(name)))
                return offered.port();
        // Without an address of its own a Service leads straight to its pods, on any port of theirs.
        if (numbered && (service.type() == Service.Type.HEADLESS || service.isAlias())) return parsed();
        var has = service.ports().stream().map(p -> p.port() + (p.name().isEmpty() ? "" : " (%s)".formatted(p.name()))).toList();
        throw new InputException("service %s has no port %s; it has %s".formatted(service.name(), port,
            has.isEmpty() ? "none of its own; give the port by its number" : String.join(", ", has)));
    }

    private Port named(NamespacedName pod, Protocol protocol, String name, ClusterState state) {
        var declared = state.pods().get(pod);
        var ports = declared == null ? List.<ContainerPort>of() : declared.ports().stream().filter(p -> !p.name().isEmpty()).toList();
        for (var offered : ports) if (offered.name().equals(name) && offered.port().protocol() == protocol) return offered.port();
        var names = new TreeSet<String>();
        ports.stream().filter(p -> p.port().protocol() == protocol).forEach(p -> names.add(p.name()));
        var near = NearestWord.of(name, names).map(n -> "did you mean %s/%s?".formatted(protocol, n)).orElseGet(
            () -> "it names " + (ports.isEmpty() ? "none" : String.join(", ", ports.stream().map(ContainerPort::toString).toList())));
        throw new InputException("%s names no port %s; %s".formatted(pod, port, near));
    }
}

package dev.lockdown.cluster.embedded.defect;

import dev.lockdown.flow.Protocol;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The defects in reading the ports of a rule.
record MisreadPorts(Set<Defect> present) {

    List<PolicyPort> read(List<PolicyPort> ports) {
        return ports.stream().map(this::end).flatMap(this::protocols).toList();
    }

    private PolicyPort end(PolicyPort port) {
        if (!(port instanceof PolicyPort.Range(var protocol, int first, int last)) || first == last) return port;
        if (present.contains(Defect.IGNORES_END_PORT)) return new PolicyPort.Range(protocol, first, first);
        return present.contains(Defect.END_PORT_OFF_BY_ONE) ? new PolicyPort.Range(protocol, first, last - 1) : port;
    }

    private Stream<PolicyPort> protocols(PolicyPort port) {
        if (port.protocol() != Protocol.TCP) return Stream.of(port);
        if (present.contains(Defect.PORT_WITHOUT_PROTOCOL_AS_ANY)) return Stream.of(Protocol.values()).map(p -> by(p, port));
        return present.contains(Defect.TCP_RULES_APPLY_TO_UDP) ? Stream.of(port, by(Protocol.UDP, port)) : Stream.of(port);
    }

    private static PolicyPort by(Protocol protocol, PolicyPort port) {
        return switch (port) {
            case PolicyPort.Any _ -> new PolicyPort.Any(protocol);
            case PolicyPort.Range(_, int first, int last) -> new PolicyPort.Range(protocol, first, last);
            case PolicyPort.Named(_, var name) -> new PolicyPort.Named(protocol, name);
        };
    }
}

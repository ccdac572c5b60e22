package dev.lockdown.policy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Direction;
import java.util.List;

/// What policies demand of ICMP. Rules cannot name it, so isolation alone counts.
final class Pings {
    /// Only to say who the ends are; no port takes part in ICMP.
    private static final Port NO_PORT = new Port(Protocol.TCP, 1);

    private final PodIndex podIndex;
    private final Routes routes;

    Pings(PodIndex podIndex, Routes routes) {
        this.podIndex = podIndex;
        this.routes = routes;
    }

    Expectation expect(Endpoint source, Endpoint destination, Family family) {
        if (destination instanceof Endpoint.Service || destination instanceof Endpoint.KubernetesApi)
            throw new IllegalArgumentException("%s is no machine that could answer ICMP".formatted(destination));
        var flow = new Flow(source, destination, NO_PORT, family);
        var from = routes.source(flow);
        var to = routes.targets(flow).getFirst().flowEnd();
        if (from instanceof FlowEnd.Member member && member.is(to)) return allowed("a pod reaches its own address");
        if (from instanceof FlowEnd.Machine node && !node.node().isEmpty() && node.node().equals(to.node()))
            return allowed("a pod's own node reaches it");
        if (isolated(from, Direction.EGRESS) || isolated(to, Direction.INGRESS))
            return new Expectation.Unspecified(OpenQuestion.ICMP.reference(), List.of("ICMP: " + OpenQuestion.ICMP.sentence()));
        return allowed("no policy isolates either end");
    }

    private boolean isolated(FlowEnd flowEnd, Direction direction) {
        return flowEnd instanceof FlowEnd.Member member && !podIndex.isolation(member, direction).isNone();
    }

    private static Expectation allowed(String why) {
        return new Expectation.Allowed(List.of("allowed: " + why));
    }
}

package dev.lockdown.policy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
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

    Explanation explain(Endpoint source, Endpoint destination, Family family) {
        if (destination instanceof Endpoint.Service || destination instanceof Endpoint.LoadBalancer
            || destination instanceof Endpoint.KubernetesApi)
            throw new IllegalArgumentException("%s is no machine that could answer ICMP".formatted(destination));
        var flow = new Flow(source, destination, NO_PORT, family);
        var from = routes.source(flow);
        var to = routes.targets(flow).getFirst().flowEnd();
        var egress = side(from, Direction.EGRESS, ruling(from, Direction.EGRESS));
        var ingress = side(to, Direction.INGRESS, ruling(to, Direction.INGRESS));
        if (from instanceof FlowEnd.Member member && member.is(to)) {
            egress = side(from, Direction.EGRESS, Settled.OWN_ADDRESS);
            ingress = side(to, Direction.INGRESS, Settled.OWN_ADDRESS);
        } else
            if (from instanceof FlowEnd.Machine node && !node.node().isEmpty() && node.node().equals(to.node()))
                ingress = side(to, Direction.INGRESS, Settled.OWN_NODE);
        return Explanation.of(flow, List.of(new ResolvedFlow(to.label(), NO_PORT, egress, ingress)));
    }

    private Ruling ruling(FlowEnd flowEnd, Direction direction) {
        if (!(flowEnd instanceof FlowEnd.Member member)) return Settled.NOT_A_POD;
        return podIndex.isolation(member, direction).isNone() ? Settled.NOT_ISOLATED : OpenQuestion.ICMP;
    }

    private Side side(FlowEnd flowEnd, Direction direction, Ruling ruling) {
        var isolating =
            flowEnd instanceof FlowEnd.Member member ? podIndex.isolation(member, direction).names() : List.<NamespacedName>of();
        return new Side(direction, flowEnd.label(), ruling, isolating, List.of(), List.of());
    }
}

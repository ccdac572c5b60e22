package dev.lockdown.policy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.policy.Target.Front;
import dev.lockdown.policy.Target.Lead;
import dev.lockdown.policy.Target.SourceKept;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ways to a Service by its externally-facing addresses: node ports and load balancers, as `externalTrafficPolicy` has them.
///
/// `Cluster` leads to every backend, and what is masqueraded on the way carries the node's address. `Local` leads to the backends of the
/// node alone and keeps the client's address. What pods and nodes send to a load balancer's address is taken in by their own node with the
/// meaning of `Cluster`, whatever is written.
///
/// @see <a href="https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy">External traffic policy</a>
final class OutsideWays {
    private final ClusterState state;
    private final Addresses addresses;
    private final PodIndex podIndex;
    private final Routes routes;

    OutsideWays(ClusterState state, Addresses addresses, PodIndex podIndex, Routes routes) {
        this.state = state;
        this.addresses = addresses;
        this.podIndex = podIndex;
        this.routes = routes;
    }

    /// Give what a port of a node leads to.
    List<Target> throughNode(Service service, ServicePort offered, FlowEnd.Machine node, Flow flow) {
        var late = new Front(node, flow.port(), new SourceKept.OrOf(List.of(node)), Set.of(Lead.LATE));
        if (!service.outside().isLocal()) return routes.behind(service, offered, late, flow.family());
        var kept = new Front(node, flow.port(), new SourceKept.Always(), Set.of(Lead.LATE));
        if (node.node().equals(ownNode(flow.source())))
            return routes.behind(service, offered, flow.source() instanceof Endpoint.Node ? kept : with(kept, Lead.BY_ONE_NODE),
                flow.family());
        var local = onNode(service, offered, kept, node, flow.family());
        return flow.source() instanceof Endpoint.Pod ? mayBeElsewhere(local, service, offered, kept, flow.family()) : local;
    }

    /// A client inside may be led to backends of other nodes, whose answers then pass the node by.
    private List<Target> mayBeElsewhere(List<Target> local, Service service, ServicePort offered, Front kept, Family family) {
        var there = local.stream().map(Target::flowEnd).toList();
        return Stream.concat(local.stream(), routes.behind(service, offered, with(kept, Lead.DROPPED), family).stream()
            .filter(t -> !there.contains(t.flowEnd()))).toList();
    }

    /// Give what a load balancer's address leads to on a port.
    List<Target> throughBalancer(Service service, Endpoint.LoadBalancer balancer, Flow flow) {
        var given = addresses.of(balancer);
        var address = new FlowEnd.Machine(balancer.toString(), EndAddresses.of(given), "");
        var offered = service.ports().stream().filter(p -> p.port().equals(flow.port())).findFirst();
        if (service.type() != Service.Type.LOAD_BALANCER || offered.isEmpty()) return List.of();
        if (service.outside().proxied())
            return routes.behind(service, offered.get(), new Front(address, flow.port(), new SourceKept.OrSomebodys(), Set.of(Lead.LATE)),
                flow.family());
        if (!(flow.source() instanceof Endpoint.Host))
            return routes.behind(service, offered.get(), new Front(address, flow.port(), ownNodeOf(flow.source()), Set.of()),
                flow.family());
        var node = nodeAt(addresses.of(balancer, flow.family()).orElse(null));
        if (!service.outside().isLocal())
            return routes.behind(service, offered.get(), new Front(address, flow.port(),
                new SourceKept.OrOf(node == null ? nodes() : List.of(node)), Set.of()), flow.family());
        var kept = new Front(address, flow.port(), new SourceKept.Always(), Set.of());
        return node == null ? routes.behind(service, offered.get(), with(kept, Lead.BY_ONE_NODE), flow.family())
            : onNode(service, offered.get(), kept, node, flow.family());
    }

    /// The backends of one node; where it has none of those that there are, the node itself, which drops.
    private List<Target> onNode(Service service, ServicePort offered, Front front, FlowEnd.Machine node, Family family) {
        var all = routes.behind(service, offered, front, family);
        // Before pods are scheduled any of them may be there.
        if (all.stream().anyMatch(t -> t.flowEnd() instanceof FlowEnd.Member && t.flowEnd().node().isEmpty()))
            return routes.behind(service, offered, with(front, Lead.BY_ONE_NODE), family);
        var local = all.stream().filter(t -> t.flowEnd().node().equals(node.node())).toList();
        return all.isEmpty() || !local.isEmpty() ? local : List.of(new Target(node, front.port(), with(front, Lead.DROPPED)));
    }

    private static Front with(Front front, Lead lead) {
        var all = EnumSet.of(lead);
        all.addAll(front.lead());
        return new Front(front.address(), front.port(), front.source(), all);
    }

    private SourceKept ownNodeOf(Endpoint source) {
        var node = ownNode(source);
        return node.isEmpty() ? new SourceKept.OrSomebodys() : new SourceKept.OrOf(List.of(routes.node(node)));
    }

    private String ownNode(Endpoint source) {
        return switch (source) {
            case Endpoint.Pod(var name) -> podIndex.member(name).node();
            case Endpoint.Node(var name) -> name;
            case Endpoint.Host _, Endpoint.KubernetesApi _, Endpoint.Service _, Endpoint.LoadBalancer _ -> "";
        };
    }

    /// The node whose own address a load balancer's is, as where it is one of the cluster's own making.
    private FlowEnd.@Nullable Machine nodeAt(@Nullable InetAddress address) {
        for (var node : nodes()) if (address != null && address.equals(node.addresses().address(Family.of(address)))) return node;
        return null;
    }

    private List<FlowEnd.Machine> nodes() {
        var nodes = new ArrayList<FlowEnd.Machine>();
        for (var name : state.nodes().keySet()) nodes.add(routes.node(name));
        return nodes;
    }
}

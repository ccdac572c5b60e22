package dev.lockdown.policy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.Target.Front;
import dev.lockdown.policy.Target.Lead;
import dev.lockdown.policy.Target.SourceKept;
import dev.lockdown.state.AddressText;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Addresses.ApiServer;
import dev.lockdown.state.Alias;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.GivenEndpoint;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Says who the two ends of a flow are, after Services have been resolved to what is behind them.
final class Routes {
    private static final Endpoint.Service API_SERVICE = new Endpoint.Service(new NamespacedName("default", "kubernetes"));
    private static final int API_SERVICE_PORT = 443;
    /// What kubeadm and k3s listen on, assumed only where nobody gave the endpoint.
    private static final Port USUAL_API_PORT = new Port(Protocol.TCP, 6443);

    private final ClusterState state;
    private final Addresses addresses;
    private final PodIndex podIndex;
    private final OutsideWays outside;

    Routes(ClusterState state, Addresses addresses, PodIndex podIndex) {
        this.state = state;
        this.addresses = addresses;
        this.podIndex = podIndex;
        outside = new OutsideWays(state, addresses, podIndex, this);
    }

    /// @throws IllegalArgumentException if the state has no such end, or it opens no connections
    FlowEnd source(Flow flow) {
        return switch (flow.source()) {
            case Endpoint.Pod(var name) -> podIndex.member(name);
            case Endpoint.Node(var name) -> node(name);
            case Endpoint.Host host -> host(host);
            case Endpoint.KubernetesApi _ -> apiSource(flow.family());
            case Endpoint.Service _, Endpoint.LoadBalancer _ ->
                throw new IllegalArgumentException("%s opens no connections; name one of its pods".formatted(flow.source()));
        };
    }

    /// Give everything that the flow may arrive at; nothing where a Service has no endpoints.
    ///
    /// @throws IllegalArgumentException if the state has no such end
    List<Target> targets(Flow flow) {
        return switch (flow.destination()) {
            case Endpoint.Pod(var name) -> List.of(Target.direct(podIndex.member(name), flow.port()));
            case Endpoint.Node(var name) -> throughNode(node(name), flow);
            case Endpoint.Host host -> List.of(Target.direct(host(host), flow.port()));
            case Endpoint.KubernetesApi _ -> throughApiService(flow);
            case Endpoint.Service s when s.equals(API_SERVICE) -> throughApiService(flow);
            case Endpoint.Service(var name) -> throughService(name, flow);
            case Endpoint.LoadBalancer balancer -> outside.throughBalancer(service(balancer.service()), balancer, flow);
        };
    }

    /// Where an alias leads; nowhere, if to a Service that is not there, or round and round.
    private List<Target> throughAlias(Service alias, Flow flow) {
        var followed = new HashSet<NamespacedName>();
        Service last = alias;
        while (true) {
            var target = Alias.target(last);
            if (!(target instanceof Endpoint.Service(var name)))
                return targets(new Flow(flow.source(), target, flow.port(), flow.family()));
            var next = state.services().get(name);
            if (next == null || !followed.add(name)) return List.of();
            if (!next.isAlias()) return targets(new Flow(flow.source(), target, flow.port(), flow.family()));
            last = next;
        }
    }

    FlowEnd.Machine node(String name) {
        if (!state.nodes().containsKey(name)) throw new IllegalArgumentException("there is no node \"%s\" in this state".formatted(name));
        var node = new Endpoint.Node(name);
        return new FlowEnd.Machine(node.toString(), EndAddresses.of(addresses.of(node)), name);
    }

    private FlowEnd.Machine host(Endpoint.Host host) {
        var given = addresses.of(host);
        var declared = state.hosts().get(host.name());
        if (given.isEmpty() && declared != null) given = declared.addresses().stream().map(InetAddress::ofLiteral).toList();
        return new FlowEnd.Machine(host.toString(), EndAddresses.of(given), "");
    }

    private List<Target> throughNode(FlowEnd.Machine node, Flow flow) {
        var port = flow.port();
        for (var service : state.services().values())
            for (var offered : service.ports())
                if (service.type().hasNodePorts() && offered.nodePort() == port.number()
                    && offered.port().protocol() == port.protocol())
                    return outside.throughNode(service, offered, node, flow);
        for (var member : podIndex.members())
            for (var offered : member.pod().ports())
                if (member.node().equals(node.node()) && isAtHostPort(offered, port) && member.addresses().mayHave(flow.family()))
                    return List.of(new Target(member, offered.port(), new Front(node, port,
                        isOnNode(flow.source(), node.node()) ? new SourceKept.OrOf(List.of(node)) : new SourceKept.Always(),
                        Set.of(Lead.LATE))));
        return List.of(Target.direct(node, port));
    }

    private static boolean isAtHostPort(ContainerPort offered, Port port) {
        return offered.hostPort() == port.number() && offered.port().protocol() == port.protocol();
    }

    /// The plugin portmap rewrites the source where a client is of the same network as the pod, which pods of one node may be.
    private boolean isOnNode(Endpoint source, String node) {
        return source instanceof Endpoint.Pod(var name) && podIndex.member(name).node().equals(node);
    }

    private Service service(NamespacedName name) {
        var service = state.services().get(name);
        if (service == null) throw new IllegalArgumentException("there is no service \"%s\" in this state".formatted(name));
        return service;
    }

    private static SourceKept behindAnAddress(Endpoint source) {
        return source instanceof Endpoint.Host ? new SourceKept.OrSomebodys() : new SourceKept.Always();
    }

    private List<Target> throughService(NamespacedName name, Flow flow) {
        var service = service(name);
        if (service.isAlias()) return throughAlias(service, flow);
        if (service.type() == Service.Type.HEADLESS)
            return Stream.concat(selected(service, flow.family()).stream().map(m -> Target.direct(m, flow.port())),
                given(service, flow)).toList();
        var virtual = new FlowEnd.Machine(flow.destination().toString(), EndAddresses.of(addresses.of(flow.destination())), "");
        var front = new Front(virtual, flow.port(), behindAnAddress(flow.source()), Set.of());
        return service.ports().stream().filter(p -> p.port().equals(flow.port())).findFirst()
            .map(offered -> behind(service, offered, front, flow.family())).orElse(List.of());
    }

    /// Nobody translates a headless Service's ports: its endpoints are asked on the port that is dialled.
    private Stream<Target> given(Service service, Flow flow) {
        return service.endpoints().stream().map(GivenEndpoint::address).distinct().map(InetAddress::ofLiteral)
            .filter(a -> Family.of(a) == flow.family()).map(a -> Target.direct(at(a), flow.port()));
    }

    /// Who has an address that somebody wrote down as an endpoint: a pod, a node or a host that is known, or else a stranger.
    private FlowEnd at(InetAddress address) {
        for (var pod : state.pods().keySet()) if (addresses.of(new Endpoint.Pod(pod)).contains(address)) return podIndex.member(pod);
        for (var node : state.nodes().keySet()) if (addresses.of(new Endpoint.Node(node)).contains(address)) return node(node);
        for (var host : state.hosts().keySet()) {
            var machine = host(new Endpoint.Host(host));
            if (address.equals(machine.addresses().address(Family.of(address)))) return machine;
        }
        return new FlowEnd.Machine(address.getHostAddress(), EndAddresses.of(List.of(address)), "");
    }

    List<Target> behind(Service service, ServicePort offered, Front front, Family family) {
        var targets = new ArrayList<Target>();
        for (var given : service.endpointsOf(offered)) {
            var address = InetAddress.ofLiteral(given.address());
            if (Family.of(address) == family) targets.add(new Target(at(address), new Port(given.protocol(), given.port()), front));
        }
        for (var member : selected(service, family)) {
            switch (offered.target()) {
                case TargetPort.Number(var n) -> targets.add(new Target(member, new Port(offered.port().protocol(), n), front));
                case TargetPort.Name(var wanted) -> member.pod().ports().stream()
                    .filter(p -> p.name().equals(wanted) && p.port().protocol() == offered.port().protocol()).findFirst()
                    .ifPresent(p -> targets.add(new Target(member, p.port(), front)));
            }
        }
        return targets;
    }

    private List<FlowEnd.Member> selected(Service service, Family family) {
        if (service.selector().isEmpty()) return List.of();
        return podIndex.membersOf(service.name().namespace()).stream().filter(m -> m.addresses().mayHave(family))
            .filter(m -> m.pod().labels().entrySet().containsAll(service.selector().entrySet())).toList();
    }

    private List<Target> throughApiService(Flow flow) {
        if (!flow.port().equals(new Port(Protocol.TCP, API_SERVICE_PORT))) return List.of();
        var api = new Endpoint.KubernetesApi();
        var given = addresses.of(api).isEmpty() ? addresses.of(API_SERVICE) : addresses.of(api);
        var front =
            new Front(new FlowEnd.Machine(api.toString(), EndAddresses.of(given), ""), flow.port(), behindAnAddress(flow.source()),
                Set.of());
        return apiEndpoints().stream().filter(t -> t.flowEnd().addresses().mayHave(flow.family()))
            .map(t -> new Target(t.flowEnd(), t.port(), front))
            .toList();
    }

    private FlowEnd apiSource(Family family) {
        var endpoints = apiEndpoints();
        return endpoints.stream().filter(t -> t.flowEnd().addresses().mayHave(family)).findFirst().orElse(endpoints.getFirst()).flowEnd();
    }

    private List<Target> apiEndpoints() {
        var label = new Endpoint.KubernetesApi().toString();
        if (addresses.apiServers().isEmpty())
            return List.of(Target.direct(new FlowEnd.Machine(label, EndAddresses.UNKNOWN, ""), USUAL_API_PORT));
        return addresses.apiServers().stream().map(a -> Target.direct(apiServer(label, a), new Port(Protocol.TCP, a.port()))).toList();
    }

    private FlowEnd.Machine apiServer(String label, ApiServer api) {
        var at = "%s at %s".formatted(label, AddressText.of(api.address()));
        return new FlowEnd.Machine(at, EndAddresses.of(List.of(api.address())), nodeAt(api));
    }

    private String nodeAt(ApiServer api) {
        return state.nodes().keySet().stream().filter(n -> addresses.of(new Endpoint.Node(n)).contains(api.address())).findFirst()
            .orElse("");
    }
}

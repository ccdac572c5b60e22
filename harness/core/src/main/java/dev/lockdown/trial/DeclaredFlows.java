package dev.lockdown.trial;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The flows that a cast makes possible: every pod to every pod on the ports it serves, to the Services, to the outside, to DNS and
/// to the API; and every pod's own node to it.
final class DeclaredFlows {
    static final Endpoint.Service DNS = new Endpoint.Service(new NamespacedName("kube-system", "kube-dns"));
    static final Port API = new Port(Protocol.TCP, 443);
    /// With more pods, their flows are too many to be listed for one step.
    private static final int MOST_LISTED_PODS = 150;
    private static final List<Port> DNS_PORTS = List.of(new Port(Protocol.UDP, 53), new Port(Protocol.TCP, 53));

    private final ClusterState state;
    private final Addresses addresses;
    private final Capabilities capabilities;
    private final Set<NamespacedName> pods;
    private final BaselineNeeds needs;
    private final List<Service> services;

    private DeclaredFlows(ClusterState state, Addresses addresses, Capabilities capabilities, Set<NamespacedName> pods,
            BaselineNeeds needs) {
        this.state = state;
        this.addresses = addresses;
        this.capabilities = capabilities;
        this.pods = pods;
        this.needs = needs;
        this.services = services();
    }

    /// Of the flows whose state before the first policy a step speaks of, those that can be asked now.
    ///
    /// @param pods those of the scenario
    static List<Probe> remembered(ClusterState state, Addresses addresses, Set<NamespacedName> pods, BaselineNeeds needs) {
        Predicate<Endpoint> there = end -> switch (end) {
            case Endpoint.Pod(var name) -> pods.contains(name);
            case Endpoint.Node(var name) -> state.nodes().containsKey(name);
            case Endpoint.Host(var name) -> state.hosts().containsKey(name);
            case Endpoint.Service(var name) -> state.services().containsKey(name);
            case Endpoint.LoadBalancer(var service) -> state.services().containsKey(service) && !addresses.of(end).isEmpty();
            case Endpoint.KubernetesApi _ -> true;
        };
        return needs.flows().remembered().stream().filter(p -> there.test(p.source())).filter(p -> switch (p) {
            case Probe.Reach(var flow, _) -> there.test(flow.destination()) && !addresses.lacks(flow.destination(), flow.family());
            case Probe.Ping(_, var destination, var family) -> there.test(destination) && !addresses.lacks(destination, family);
            case Probe.Resolve _, Probe.Unasked _ -> false;
        }).toList();
    }

    /// What every pod may reach.
    private record Target(Endpoint end, Port port) {}

    /// Those of all declared flows that are needed.
    ///
    /// @param pods those of the scenario, without the system's and the harness's own
    /// @param needs the names that every pod resolves, whether pods ping each other, and which flows are needed at all
    static List<Probe> probes(ClusterState state, Addresses addresses, Capabilities capabilities, Set<NamespacedName> pods,
            BaselineNeeds needs) {
        var needed = new ArrayList<Probe>();
        new DeclaredFlows(state, addresses, capabilities, pods, needs).tell(probe -> {
            if (needs.flows().include(probe)) needed.add(probe);
        });
        return needed;
    }

    /// Make sure that flows which a step names are declared, unless there are too many to tell.
    ///
    /// @param otherwise what is said behind one that is not
    /// @throws InputException naming the first that is not
    static void require(Set<Probe> named, ClusterState state, Addresses addresses, Capabilities capabilities, Set<NamespacedName> pods,
            String otherwise) {
        if (named.isEmpty() || pods.size() > MOST_LISTED_PODS) return;
        var declared = Set.copyOf(probes(state, addresses, capabilities, pods, new BaselineNeeds(Set.of(), false)));
        for (var probe : named) if (!declared.contains(probe)) throw new InputException("%s %s".formatted(probe, otherwise));
    }

    /// How many connections are declared, without making them.
    static long count(ClusterState state, Addresses addresses, Capabilities capabilities, Set<NamespacedName> pods) {
        var declared = new DeclaredFlows(state, addresses, capabilities, pods, new BaselineNeeds(Set.of(), false));
        long count = 0;
        for (var family : capabilities.families()) {
            count += (long) pods.size() * declared.targets(family).size();
            for (var pod : pods) count += declared.fromOwnNode(pod).size();
        }
        return count;
    }

    private void tell(Consumer<Probe> probes) {
        for (var family : capabilities.families()) reaches(family, probes);
        if (needs.pings()) for (var family : capabilities.families()) pings(family, probes);
        for (var pod : pods)
            for (var name : needs.names())
                probes.accept(
                    new Probe.Resolve(new Endpoint.Pod(pod), name.name(), name.transport(), capabilities.families().getFirst()));
    }

    private void reaches(Family family, Consumer<Probe> probes) {
        var targets = targets(family);
        for (var name : pods) {
            var pod = new Endpoint.Pod(name);
            for (var target : targets) probes.accept(Probe.Reach.of(new Flow(pod, target.end, target.port, family)));
            for (var port : fromOwnNode(name)) probes.accept(Probe.Reach.of(new Flow(ownNode(name), pod, port, family)));
        }
    }

    private List<Target> targets(Family family) {
        var targets = new ArrayList<Target>();
        for (var pod : pods) add(targets, new Endpoint.Pod(pod), ports(pod));
        for (var service : services) add(targets, new Endpoint.Service(service.name()), servicePorts(service));
        for (var service : services) {
            var balancer = new Endpoint.LoadBalancer(service.name());
            if (addresses.of(balancer, family).isPresent()) add(targets, balancer, servicePorts(service));
        }
        for (var node : state.nodes().keySet()) {
            add(targets, new Endpoint.Node(node), nodePorts());
            // On other clusters agents have no ports of nodes.
            if (capabilities.namesDrops()) add(targets, new Endpoint.Node(node), hostPorts(node));
        }
        add(targets, DNS, DNS_PORTS);
        add(targets, new Endpoint.KubernetesApi(), List.of(API));
        for (var host : state.hosts().values()) if (has(host, family)) add(targets, new Endpoint.Host(host.name()), host.ports());
        targets.removeIf(t -> addresses.lacks(t.end, family));
        return targets;
    }

    private void add(List<Target> targets, Endpoint end, List<Port> ports) {
        for (var port : carried(ports)) targets.add(new Target(end, port));
    }

    private List<Port> carried(List<Port> ports) {
        return ports.stream().filter(p -> capabilities.protocols().contains(p.protocol())).toList();
    }

    /// The ports on which a pod's own node reaches it.
    private List<Port> fromOwnNode(NamespacedName name) {
        return hasOwnNode(name) ? carried(ports(name)) : List.of();
    }

    private boolean hasOwnNode(NamespacedName name) {
        var pod = state.pods().get(name);
        return pod != null && !pod.hostNetwork() && !pod.node().isEmpty();
    }

    private Endpoint ownNode(NamespacedName name) {
        return new Endpoint.Node(Objects.requireNonNull(state.pods().get(name)).node());
    }

    private void pings(Family family, Consumer<Probe> probes) {
        for (var name : pods) {
            for (var other : pods) probes.accept(new Probe.Ping(new Endpoint.Pod(name), new Endpoint.Pod(other), family));
            for (var host : state.hosts().values())
                if (has(host, family)) probes.accept(new Probe.Ping(new Endpoint.Pod(name), new Endpoint.Host(host.name()), family));
            if (hasOwnNode(name)) probes.accept(new Probe.Ping(ownNode(name), new Endpoint.Pod(name), family));
        }
    }

    /// Not every host has an address of every family, and on a cluster that is not ours, some have none.
    private boolean has(ExternalHost host, Family family) {
        return addresses.of(new Endpoint.Host(host.name()), family).isPresent();
    }

    private List<Service> services() {
        return state.services().values().stream().filter(s -> pods.stream().anyMatch(p -> p.namespace().equals(s.name().namespace())))
            .filter(s -> servicePorts(s).stream().anyMatch(p -> !ServiceEndpoints.of(state, s.name(), p).isEmpty()))
            .toList();
    }

    /// Nobody translates a headless Service's ports: only those are its own that its pods serve by the same number.
    private List<Port> servicePorts(Service service) {
        return service.ports().stream().map(Service.ServicePort::port)
            .filter(p -> service.type() != Service.Type.HEADLESS
                || ServiceEndpoints.of(state, service.name(), p).stream().allMatch(b -> b.port().equals(p)))
            .toList();
    }

    /// The ports that every node serves for Services of the scenario's namespaces.
    private List<Port> nodePorts() {
        return services.stream().flatMap(s -> s.ports().stream()).filter(p -> p.nodePort() != 0)
            .map(p -> new Port(p.port().protocol(), p.nodePort())).toList();
    }

    /// The ports of a node that pods of the scenario have there for their own.
    private List<Port> hostPorts(String node) {
        return pods.stream().map(state.pods()::get).filter(Objects::nonNull).filter(p -> p.node().equals(node) && !p.hostNetwork())
            .flatMap(p -> p.ports().stream()).filter(p -> p.hostPort() != 0).map(p -> new Port(p.port().protocol(), p.hostPort())).toList();
    }

    private List<Port> ports(NamespacedName name) {
        var pod = state.pods().get(name);
        return pod == null ? List.of() : LivenessPort.served(pod);
    }
}

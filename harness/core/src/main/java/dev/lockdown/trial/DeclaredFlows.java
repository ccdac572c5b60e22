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
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The flows that a cast makes possible: every pod to every pod on the ports it serves, to the Services, to the outside, to DNS and
/// to the API; and every pod's own node to it.
final class DeclaredFlows {
    static final Endpoint.Service DNS = new Endpoint.Service(new NamespacedName("kube-system", "kube-dns"));
    static final Port API = new Port(Protocol.TCP, 443);
    private static final List<Port> DNS_PORTS = List.of(new Port(Protocol.UDP, 53), new Port(Protocol.TCP, 53));

    private final ClusterState state;
    private final Addresses addresses;
    private final Capabilities capabilities;
    private final Set<NamespacedName> pods;
    private final List<Probe> probes = new ArrayList<>();

    private DeclaredFlows(ClusterState state, Addresses addresses, Capabilities capabilities, Set<NamespacedName> pods) {
        this.state = state;
        this.addresses = addresses;
        this.capabilities = capabilities;
        this.pods = pods;
    }

    /// @param pods those of the scenario, without the system's and the harness's own
    /// @param needs the names that every pod resolves, and whether pods ping each other
    static List<Probe> probes(ClusterState state, Addresses addresses, Capabilities capabilities, Set<NamespacedName> pods,
            BaselineNeeds needs) {
        var declared = new DeclaredFlows(state, addresses, capabilities, pods);
        for (var family : capabilities.families()) declared.add(family);
        if (needs.pings()) for (var family : capabilities.families()) declared.addPings(family);
        for (var pod : pods)
            for (var name : needs.names())
                declared.probes
                    .add(new Probe.Resolve(new Endpoint.Pod(pod), name.name(), name.transport(), capabilities.families().getFirst()));
        return declared.probes;
    }

    private void add(Family family) {
        for (var name : pods) {
            var source = new Endpoint.Pod(name);
            for (var other : pods) reach(source, new Endpoint.Pod(other), ports(other), family);
            for (var service : services()) reach(source, new Endpoint.Service(service.name()), servicePorts(service), family);
            for (var node : state.nodes().keySet()) {
                reach(source, new Endpoint.Node(node), nodePorts(), family);
                // On other clusters agents have no ports of nodes.
                if (capabilities.namesDrops()) reach(source, new Endpoint.Node(node), hostPorts(node), family);
            }
            reach(source, DNS, DNS_PORTS, family);
            reach(source, new Endpoint.KubernetesApi(), List.of(API), family);
            for (var host : state.hosts().values())
                if (has(host, family)) reach(source, new Endpoint.Host(host.name()), host.ports(), family);
            var pod = state.pods().get(name);
            if (pod != null && !pod.hostNetwork() && !pod.node().isEmpty())
                reach(new Endpoint.Node(pod.node()), source, ports(name), family);
        }
    }

    private void addPings(Family family) {
        for (var name : pods) {
            for (var other : pods) probes.add(new Probe.Ping(new Endpoint.Pod(name), new Endpoint.Pod(other), family));
            for (var host : state.hosts().values())
                if (has(host, family)) probes.add(new Probe.Ping(new Endpoint.Pod(name), new Endpoint.Host(host.name()), family));
            var pod = state.pods().get(name);
            if (pod != null && !pod.hostNetwork() && !pod.node().isEmpty())
                probes.add(new Probe.Ping(new Endpoint.Node(pod.node()), new Endpoint.Pod(name), family));
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
        return services().stream().flatMap(s -> s.ports().stream()).filter(p -> p.nodePort() != 0)
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

    private void reach(Endpoint source, Endpoint destination, List<Port> ports, Family family) {
        for (var port : ports)
            if (capabilities.protocols().contains(port.protocol())) probes.add(Probe.Reach.of(new Flow(source, destination, port, family)));
    }
}

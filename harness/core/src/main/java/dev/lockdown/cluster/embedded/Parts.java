package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.kernel.Conntrack;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Nflog;
import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Responder;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// The parts of one cluster, and the order in which a change goes through them: cables, then rules, then servers, so that no pod
/// speaks before its policies hold.
final class Parts implements AutoCloseable {
    private static final int NFLOG_GROUP = 5;
    private static final Duration LATENESS = Duration.ofSeconds(3);
    private static final Duration OPENING = Duration.ofMillis(300);

    private final List<NamespaceThread> threads;
    private final List<Family> families;
    private final InstantSource clock;
    private final Defects defects;
    private final Wiring wiring;
    private final Map<String, NodeLink> nodes = new LinkedHashMap<>();
    private final List<NodeTap> taps = new ArrayList<>();
    private final List<NodeRuleset> tables = new ArrayList<>();
    private final Map<NamespacedName, PodLink> pods = new HashMap<>();
    private final Map<Endpoint, List<InetAddress>> given = new HashMap<>();
    private final ServiceAddresses serviceAddresses;
    private volatile Snapshot snapshot = new Snapshot(ClusterState.ofNodes(List.of()), Addresses.NONE);
    private final ClusterDns dns = new ClusterDns(snapshot);
    private final ServiceAccountTokens tokens = new ServiceAccountTokens();
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private final Switchboard switchboard;
    private final Stations stations;
    private final Firewall firewall;
    private final Balancer balancer;
    private final ApiNode api;

    private record Due(Instant at, ClusterState state, Addresses addresses) {}

    private Parts(List<NamespaceThread> threads, List<String> names, List<Family> families, Set<Defect> wrong, Denial denial,
            ClusterTls tls, InstantSource clock) {
        this.threads = threads;
        this.families = families;
        this.clock = clock;
        defects = Defects.of(wrong);
        serviceAddresses = new ServiceAddresses(families);
        wiring = Wiring.start(thread(), new AddressPlan(families));
        var rules = new HashMap<String, Ruleset>();
        var tapsByNode = new HashMap<String, NodeTap>();
        var rule = new AtomicReference<Firewall>();
        for (var name : names) {
            var link = wiring.addNode(name);
            nodes.put(name, link);
            var table = thread().in(link.namespace(), NodeRuleset::open);
            tables.add(table);
            rules.put(name, table);
            var tap = new NodeTap(name, thread().in(link.namespace(), () -> Nflog.open(NFLOG_GROUP)),
                thread().in(link.namespace(), Conntrack::open),
                prefix -> Objects.requireNonNull(rule.get()).rule(prefix));
            taps.add(tap);
            tapsByNode.put(name, tap);
        }
        switchboard = new Switchboard(threads, taps);
        stations = new Stations(thread(), switchboard::ports);
        nodes.forEach((name, link) -> {
            given.put(new Endpoint.Node(name), link.addresses());
            stations.add(new Endpoint.Node(name), link.namespace(), link.addresses(), tapsByNode.get(name));
        });
        firewall = new Firewall(rules, this::link, denial, Fate.SURVIVES, defects);
        rule.set(firewall);
        var first = Objects.requireNonNull(nodes.get(names.getFirst()));
        balancer = new Balancer(rules, this::link, networks(), Map.of(SystemState.API, first.addresses()), defects);
        api = ApiNode.start(thread(), first, tls, tokens, () -> snapshot);
    }

    static Parts start(List<NamespaceThread> threads, List<String> nodes, List<Family> families, Set<Defect> defects, Denial denial,
            ClusterTls tls,
            InstantSource clock) {
        return new Parts(threads, nodes, families, defects, denial, tls, clock);
    }

    private NamespaceThread thread() {
        return threads.getFirst();
    }

    private Networks networks() {
        return new Networks(families.stream().map(AddressPlan::pods).toList(), families.stream().map(AddressPlan::nodes).toList());
    }

    private @org.jspecify.annotations.Nullable Link link(NamespacedName pod) {
        return pods.get(pod) instanceof PodLink.Routed routed ? new Link(routed.node().name(), routed.hostInterface()) : null;
    }

    Switchboard switchboard() {
        return switchboard;
    }

    Wiring wiring() {
        return wiring;
    }

    Stations stations() {
        return stations;
    }

    String token(NamespacedName pod) {
        return tokens.of(pod);
    }

    /// Carry out changes that fit.
    ///
    /// @param next the state after all of them
    /// @return all addresses afterwards
    Addresses apply(List<Change> changes, ClusterState next) {
        var starting = new LinkedHashMap<NamespacedName, Pod>();
        for (var change : changes) switch (change) {
            case Change.StartPod(var pod) -> starting.put(pod.name(), pod);
            case Change.StopPod(var name) -> stop(name, starting);
            case Change.DeleteNamespace(var name) -> deleteNamespace(name, starting);
            case Change.AddHost(var host) -> add(host);
            case Change.ApplyService(var service) -> give(new Endpoint.Service(service.name()), serviceAddresses.of(service));
            case Change.DeleteService(var name) -> deleteService(name);
            case Change.ApplyNamespace _, Change.ApplyPolicy _, Change.DeletePolicy _, Change.RelabelPod _, Change.RelabelNamespace _ -> {}
        }
        plugIn(starting.values());
        var addresses = addresses(next);
        snapshot = new Snapshot(next, addresses);
        dns.update(snapshot);
        balancer.update(next, addresses);
        enforce(next, addresses, starting.keySet());
        starting.values().forEach(this::serve);
        return addresses;
    }

    private void stop(NamespacedName name, Map<NamespacedName, Pod> starting) {
        if (starting.remove(name) != null) return;
        stations.remove(new Endpoint.Pod(name));
        given.remove(new Endpoint.Pod(name));
        pods.remove(name);
        wiring.removePod(name);
    }

    private void deleteNamespace(String namespace, Map<NamespacedName, Pod> starting) {
        starting.keySet().removeIf(n -> n.namespace().equals(namespace));
        List.copyOf(pods.keySet()).stream().filter(n -> n.namespace().equals(namespace)).forEach(n -> stop(n, starting));
        List.copyOf(given.keySet()).forEach(e -> {
            if (e instanceof Endpoint.Service(var name) && name.namespace().equals(namespace)) deleteService(name);
        });
    }

    private void deleteService(NamespacedName name) {
        given.remove(new Endpoint.Service(name));
        serviceAddresses.giveBack(name);
    }

    private void add(ExternalHost host) {
        var link = wiring.addHost(host.name(), host.addresses().stream().map(InetAddress::ofLiteral).toList());
        var endpoint = new Endpoint.Host(host.name());
        give(endpoint, link.addresses());
        stations.serve(stations.add(endpoint, link.namespace(), link.addresses(), null), link.addresses(), host.ports(), Map.of());
    }

    private void give(Endpoint endpoint, List<InetAddress> addresses) {
        given.put(endpoint, addresses);
        if (endpoint instanceof Endpoint.Service(var name) && name.equals(SystemState.API))
            given.put(new Endpoint.KubernetesApi(), addresses);
    }

    private void plugIn(java.util.Collection<Pod> starting) {
        if (starting.isEmpty()) return;
        var plans = starting.stream().map(p -> new PodPlan(p.name(), p.node(), p.hostNetwork())).toList();
        for (var link : wiring.addPods(plans)) {
            pods.put(link.name(), link);
            var endpoint = new Endpoint.Pod(link.name());
            given.put(endpoint, link.addresses());
            stations.add(endpoint, link.namespace(), link.addresses(), tap(link.node()));
        }
    }

    private NodeTap tap(NodeLink node) {
        return taps.get(node.number());
    }

    private void serve(Pod pod) {
        var endpoint = new Endpoint.Pod(pod.name());
        var station = Objects.requireNonNull(stations.get(endpoint));
        if (defects.has(Defect.OWN_ADDRESS_DENIED)) denyOwnAddress(station);
        Map<Port, Responder> other = SystemState.servesDns(pod) ? nameServer(pod) : Map.of();
        stations.serve(station, given.getOrDefault(endpoint, List.of()),
            pod.ports().stream().map(ContainerPort::port).collect(Collectors.toSet()), other);
    }

    private void denyOwnAddress(Station station) {
        try (var table = thread().in(station.namespace(), Nftables::open)) {
            table.run("table inet own {\n chain input { type filter hook input priority 0; iifname \"lo\" drop\n }\n}\n");
        }
    }

    private Map<Port, Responder> nameServer(Pod pod) {
        var server = dns.server(new Endpoint.Pod(pod.name()).toString());
        return Map.of(new Port(Protocol.UDP, 53), new DnsResponder(server, false), new Port(Protocol.TCP, 53),
            new DnsResponder(server, true));
    }

    private Addresses addresses(ClusterState next) {
        var hosts = next.hosts().keySet();
        given.keySet().removeIf(e -> e instanceof Endpoint.Host(var name) && !hosts.contains(name));
        return new Addresses(given, api.endpoints());
    }

    private void enforce(ClusterState next, Addresses addresses, Set<NamespacedName> starting) {
        if (defects.has(Defect.LATE)) {
            due.add(new Due(clock.instant().plus(LATENESS), next, addresses));
        } else if (defects.has(Defect.OPEN_AT_POD_START) && !starting.isEmpty()) {
            firewall.update(next.after(starting.stream().<Change>map(Change.StopPod::new).toList()), addresses);
            due.add(new Due(clock.instant().plus(OPENING), next, addresses));
        } else {
            due.clear();
            firewall.update(next, addresses);
        }
    }

    /// Catch up with what a late data plane has not enforced yet.
    void enforceWhatIsDue() {
        while (!due.isEmpty() && !due.peek().at.isAfter(clock.instant())) {
            var next = due.remove();
            firewall.update(next.state, next.addresses);
        }
    }

    Dials dials(ClusterState state, Addresses addresses, Duration deadline) {
        var server = addresses.of(new Endpoint.Service(SystemState.DNS), families.getFirst()).orElseThrow();
        return new Dials(state, addresses, stations, new Names(switchboard, server), api.calls(this::tokenOf, deadline));
    }

    private String tokenOf(Station station) {
        var name = station.agent().identity();
        return name.contains(":") ? tokens.administrator() : tokens.of(NamespacedName.parse(name));
    }

    @Override
    public void close() {
        api.close();
        stations.close();
        taps.forEach(NodeTap::close);
        tables.forEach(NodeRuleset::close);
        wiring.close();
        threads.forEach(NamespaceThread::close);
    }
}

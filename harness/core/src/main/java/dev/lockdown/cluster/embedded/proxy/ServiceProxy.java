package dev.lockdown.cluster.embedded.proxy;

import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.cluster.embedded.nft.Links;
import dev.lockdown.cluster.embedded.nft.Ruleset;
import dev.lockdown.cluster.embedded.nft.Table;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes Services real on every node: ClusterIPs, node ports and the addresses of load balancers are translated to a backend's address, each backend in turn,
/// and a port without a backend is refused, as kube-proxy does. Policies see addresses after the translation.
///
/// What comes from outside is masqueraded, or kept to the backends of the node, as `externalTrafficPolicy` says.
///
/// Also lets pods reach the outside under their node's address. Used by one thread at a time.
public final class ServiceProxy {
    /// The group of `nflog` to which packets are reported that are dropped.
    static final int LOG_GROUP = 5;
    static final String NO_LOCAL_ENDPOINT = "no-local-endpoint";

    private final Map<String, Ruleset> nodes;
    private final Links links;
    private final Networks networks;
    private final Map<NamespacedName, List<InetAddress>> handedOver;
    private final SourceTranslation extra;
    private final Map<String, Table> sent = new HashMap<>();
    private final Map<Frontend, Integer> ids = new HashMap<>();
    private @Nullable View served;
    private @Nullable Latest latest;

    private record Latest(ClusterState state, Addresses addresses) {}

    /// All that the translation depends on.
    private record View(Map<NamespacedName, Service> services, Map<NamespacedName, Pod> pods, Addresses addresses, List<Link> links) {}

    /// What a chain of the translation is for. It keeps its name for ever.
    private record Frontend(NamespacedName service, Service.ServicePort port, Family family) {}

    /// @param handedOver the addresses behind Services without a selector, such as `default/kubernetes`; connections go to the
    ///     target port there
    public ServiceProxy(Map<String, Ruleset> nodes, Links links, Networks networks, Map<NamespacedName, List<InetAddress>> handedOver,
            SourceTranslation extra) {
        this.nodes = new TreeMap<>(nodes);
        this.links = links;
        this.networks = networks;
        this.handedOver = Map.copyOf(handedOver);
        this.extra = extra;
    }

    /// Serve the Services of a state. Sends each node what changed for it, in one transaction. Connections that are established
    /// keep their backend. Services without an address (headless ones) are the business of DNS alone.
    public synchronized void update(ClusterState state, Addresses addresses) {
        latest = new Latest(state, addresses);
        var plugged = state.pods().keySet().stream().map(links::of).filter(Objects::nonNull).toList();
        var view = new View(state.services(), state.pods(), addresses, plugged);
        if (view.equals(served)) return;
        served = null;
        nodes.forEach((node, ruleset) -> send(node, ruleset, table(node, view)));
        served = view;
    }

    /// The rule behind a `log prefix` in words, if it is one of these.
    public static Optional<String> rule(String prefix) {
        return prefix.equals(NO_LOCAL_ENDPOINT) ? Optional.of("externalTrafficPolicy Local without an endpoint on the node")
            : Optional.empty();
    }

    /// Have a node lose its translation, as it does when it restarts.
    public synchronized void lose(String node) {
        served = null;
        sent.remove(node);
        Objects.requireNonNull(nodes.get(node)).run(Table.loss(NatTable.TABLE));
    }

    /// Give back what nodes have lost.
    public synchronized void restore() {
        if (latest != null) update(latest.state, latest.addresses);
    }

    private void send(String node, Ruleset ruleset, Table table) {
        var changes = table.changesFrom(sent.getOrDefault(node, Table.empty(NatTable.TABLE)));
        if (!changes.isEmpty()) ruleset.run(changes);
        sent.put(node, table);
    }

    /// A port of the node that a container has for its own, on the pod's node alone, as the plugin portmap of CNI forwards it: to the pod and
    /// the container's port, under the client's address.
    private void forwardHostPorts(String node, View view, NatTable translation) {
        for (var pod : view.pods.values()) {
            if (!pod.node().equals(node) || pod.hostNetwork()) continue;
            for (var port : pod.ports())
                if (port.hostPort() != 0) view.addresses.of(new Endpoint.Pod(pod.name())).forEach(a -> translation.forward(port, a));
        }
    }

    /// The addresses of a node's pods.
    private static Set<InetAddress> here(String node, View view) {
        return view.pods.values().stream().filter(p -> p.node().equals(node))
            .flatMap(p -> view.addresses.of(new Endpoint.Pod(p.name())).stream()).collect(Collectors.toSet());
    }

    private Table table(String node, View view) {
        var masquerade = Stream.concat(extra.before(node, view.links).stream(), networks.masquerade().stream()).toList();
        var translation = new NatTable(masquerade);
        view.pods.keySet().forEach(pod -> view.addresses.of(new Endpoint.Pod(pod)).forEach(translation::hairpin));
        var backends = new Backends(view.pods.values(), view.addresses, handedOver);
        var here = here(node, view);
        for (var service : view.services.values()) {
            if (service.type() == Service.Type.HEADLESS || service.isAlias()) continue;
            for (var family : Family.values()) {
                var address = view.addresses.of(new Endpoint.Service(service.name()), family);
                var balancer = view.addresses.of(new Endpoint.LoadBalancer(service.name()), family).orElse(null);
                if (address.isEmpty()) continue;
                for (var port : service.ports()) {
                    int id = ids.computeIfAbsent(new Frontend(service.name(), port, family), _ -> ids.size() + 1);
                    var all = backends.of(service, port, family);
                    translation.serve(id, new NatTable.Front(address.get(), balancer, port), all,
                        service.outside().isLocal() ? all.stream().filter(b -> here.contains(b.address())).toList() : null);
                }
            }
        }
        forwardHostPorts(node, view, translation);
        return translation.table();
    }
}

package dev.lockdown.rehearsal;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.rehearsal.Allowance.Peer;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Works out the fewest policies of least rights that heal what a lockdown breaks: one for each workload and direction, DNS once for each
/// namespace.
final class Allowances {
    private static final Map<String, String> DNS = Map.of("k8s-app", "kube-dns");
    private static final String SYSTEM = "kube-system";

    private final ClusterState state;
    private final Set<String> locked;
    private final Map<Party, List<NamespacedName>> pods;
    private final NeedFlows flows;
    private final PodSelectors selectors;
    private final HomeAddresses.Named addresses;
    private final Map<String, Allowance> allowances = new TreeMap<>();
    private final Set<String> names = new HashSet<>();

    /// @param addresses of the platform, as rules see them
    Allowances(ClusterState state, Shadows shadows, NeedFlows flows, PodSelectors selectors, HomeAddresses.Named addresses) {
        this.state = state;
        this.locked = shadows.namespaces();
        this.flows = flows;
        this.selectors = selectors;
        this.addresses = addresses;
        this.pods = shadows.pods();
    }

    /// @param needs that worked before the lockdown
    List<Allowance> healing(List<Need> needs) {
        for (var need : needs) {
            // Replies need no rule, and the kubelet's way to its own pods is never refused.
            if (need.from() instanceof Party.Node) continue;
            egress(need);
            ingress(need);
        }
        return List.copyOf(allowances.values());
    }

    /// Fewer and wider: for each namespace one policy a direction, of all of its pods, with every peer as far as its namespace.
    static List<Allowance> consolidated(List<Allowance> allowances) {
        var wide = new TreeMap<String, Allowance>();
        for (var narrow : allowances) {
            if (narrow.name.startsWith("allow-dns")) {
                wide.put(narrow.namespace + " dns", narrow);
                continue;
            }
            var word = narrow.direction == Direction.EGRESS ? "egress" : "ingress";
            var all = wide.computeIfAbsent(narrow.namespace + " " + word,
                _ -> new Allowance(narrow.namespace, "allow-" + word, Map.of(), narrow.direction));
            narrow.rules()
                .forEach((peer, rule) -> rule.needs().forEach(need -> rule.ports().forEach(port -> all.let(widened(peer), port, need))));
        }
        return List.copyOf(wide.values());
    }

    private static Peer widened(Peer peer) {
        return peer instanceof Peer.Pods(var namespace, _) ? new Peer.Pods(namespace, Map.of()) : peer;
    }

    private void egress(Need need) {
        if (!(need.from() instanceof Party.Workload source) || !isLocked(source)) return;
        switch (need.to()) {
            case Party.Dns _ -> dns(source.name().namespace()).let(new Peer.Pods(SYSTEM, DNS), need.port(), need);
            case Party.Api _ -> {
                for (var server : addresses.apiServers())
                    of(source, Direction.EGRESS).let(block(server.address()), new Port(need.port().protocol(), server.port()), need);
            }
            case Party.Host(var name) -> {
                if (state.hosts().containsKey(name))
                    for (var address : state.hosts().get(name).addresses())
                        of(source, Direction.EGRESS).let(block(InetAddress.ofLiteral(address)), need.port(), need);
            }
            case Party.Service _, Party.Workload _ -> {
                for (var end : flows.ends(need)) {
                    of(source, Direction.EGRESS).let(peer(end.pod(), source.name().namespace()), end.port(), need);
                    if (flows.isOnHostNetwork(flows.workloadOf(end.pod()))) nodes(of(source, Direction.EGRESS), end.port(), need);
                }
            }
            case Party.Node _, Party.Platform _, Party.Block _ -> {}
        }
    }

    private void ingress(Need need) {
        for (var end : flows.ends(need)) {
            if (!(flows.workloadOf(end.pod()) instanceof Party.Workload target) || !isLocked(target)) continue;
            switch (need.from()) {
                case Party.Workload source -> {
                    // All of its pods have the labels that the peer selects by.
                    for (var pod : pods.getOrDefault(source, List.of()).stream().limit(1).toList())
                        of(target, Direction.INGRESS).let(peer(pod, target.name().namespace()), end.port(), need);
                    if (flows.beginsOnNodes(need)) nodes(of(target, Direction.INGRESS), end.port(), need);
                }
                case Party.Platform platform -> of(target, Direction.INGRESS).let(new Peer.Pods(
                    platform.namespace().equals(target.name().namespace()) ? "" : platform.namespace(), Map.of()), end.port(), need);
                case Party.Block(var cidr) -> of(target, Direction.INGRESS).let(new Peer.Block(cidr), end.port(), need);
                case Party.Api _ -> of(target, Direction.INGRESS).let(block(addresses.apiClient()), end.port(), need);
                case Party.Node _, Party.Service _, Party.Dns _, Party.Host _ -> {}
            }
        }
    }

    /// In the network of a node no policy counts, system namespaces stay as they are, and without labels no policy can mean somebody.
    private boolean isLocked(Party.Workload workload) {
        return locked.contains(workload.name().namespace()) && !selectors.of(workload).isEmpty() && !flows.isOnHostNetwork(workload);
    }

    /// A network plugin may see a pod in its node's network as a pod or as its node, so both are let through.
    private void nodes(Allowance allowance, Port port, Need need) {
        for (var nodes : addresses.nodes()) allowance.let(new Peer.Block(nodes.toString()), port, need);
    }

    private Peer peer(NamespacedName pod, String own) {
        var namespace = pod.namespace().equals(own) ? "" : pod.namespace();
        var party = flows.workloadOf(pod);
        return new Peer.Pods(namespace, party == null ? Map.of() : selectors.of(party));
    }

    private static Peer block(InetAddress address) {
        return new Peer.Block(HomeAddresses.whole(address).toString());
    }

    private Allowance dns(String namespace) {
        return allowances.computeIfAbsent(namespace + " dns",
            _ -> new Allowance(namespace, free(namespace, "allow-dns"), Map.of(), Direction.EGRESS));
    }

    private Allowance of(Party.Workload workload, Direction direction) {
        var word = direction == Direction.EGRESS ? "egress" : "ingress";
        var namespace = workload.name().namespace();
        return allowances.computeIfAbsent(workload + " " + word,
            _ -> new Allowance(namespace, free(namespace, workload.name().name().replace('.', '-') + "-" + word), selectors.of(workload),
                direction));
    }

    /// A Deployment and a Job may share a name; their policies cannot.
    private String free(String namespace, String name) {
        var free = name;
        for (int number = 2; !names.add(namespace + "/" + free); number++) free = name + "-" + number;
        return free;
    }
}

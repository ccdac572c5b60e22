package dev.lockdown.cluster.embedded.proxy;

import dev.lockdown.cluster.embedded.nft.Table;
import dev.lockdown.cluster.embedded.nft.Table.Chain;
import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import dev.lockdown.cluster.embedded.proxy.Backends.Backend;
import dev.lockdown.flow.Family;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Service.ServicePort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table of a node's address translation in the making.
final class NatTable {
    static final String TABLE = "services";

    /// kube-proxy's mark on packets that came in by a node port and must leave under the node's address.
    private static final String MARK = "0x4000";

    /// kube-proxy knows them so with `--detect-local-mode=InterfaceNamePrefix`.
    private static final String FROM_OWN_PODS = "iifname \"pod*\"";

    private final NatMaps four = new NatMaps(Family.IPV4);
    private final NatMaps six = new NatMaps(Family.IPV6);
    private final Map<String, Chain> chains = new HashMap<>();
    private final List<String> masquerade;

    /// @param masquerade rules for what leaves the cluster
    NatTable(List<String> masquerade) {
        this.masquerade = masquerade;
    }

    /// Expect that a pod comes back to itself through a Service. Its answer has to pass the node, so the node must have asked.
    void hairpin(InetAddress pod) {
        maps(Family.of(pod)).hairpin(pod.getHostAddress());
    }

    /// Where a Service is dialled in one family.
    ///
    /// @param balancer the load balancer's address, or null
    record Front(InetAddress clusterIp, @Nullable InetAddress balancer, ServicePort port) {
        Family family() {
            return Family.of(clusterIp);
        }

        int protocol() {
            return port.port().protocol().number();
        }

        NatMaps.Front elements() {
            return new NatMaps.Front(element(clusterIp), balancer == null ? "" : element(balancer),
                port.nodePort() == 0 ? "" : protocol() + " . " + port.nodePort());
        }

        private String element(InetAddress address) {
            return "%s . %s . %s".formatted(address.getHostAddress(), protocol(), port.port().number());
        }
    }

    /// @param id unique for the Service, its port and the family
    /// @param local the backends of this node where those alone serve what comes from outside, and else null
    void serve(int id, Front front, List<Backend> backends, @Nullable List<Backend> local) {
        var maps = maps(front.family());
        var elements = front.elements();
        if (backends.isEmpty()) {
            maps.refuse(elements);
            return;
        }
        maps.serve(elements, id);
        chains.put("s" + id, Chain.of(List.of(destination(front, backends))));
        if (elements.isOutside()) chains.put("n" + id, Chain.of(local == null ? masqueraded(id) : kept(id, front, local)));
        if (local != null) maps.drop(elements);
    }

    private static List<String> masqueraded(int id) {
        return List.of("meta mark set meta mark | " + MARK, "goto s" + id);
    }

    /// As kube-proxy's chain KUBE-EXT: what this node and its pods send goes to all backends, and the rest to those of this node, or on, to be
    /// dropped.
    private List<String> kept(int id, Front front, List<Backend> local) {
        var rules = new ArrayList<String>();
        rules.add(FROM_OWN_PODS + " goto s" + id);
        rules.add("fib saddr type local meta mark set meta mark | " + MARK);
        rules.add("fib saddr type local goto s" + id);
        if (!local.isEmpty()) rules.add(destination(front, local));
        return rules;
    }

    private static String destination(Front front, List<Backend> backends) {
        return "meta l4proto " + front.protocol() + " " + destination(front.family(), backends);
    }

    /// Hand a port of the node over to a pod, unless another has it already.
    void forward(ContainerPort port, InetAddress pod) {
        var protocol = port.port().protocol();
        var chain = "h%s_%s_%s".formatted(Family.of(pod) == Family.IPV6 ? 6 : 4, protocol.number(), port.hostPort());
        maps(Family.of(pod)).forward(protocol.number() + " . " + port.hostPort(), chain);
        chains.putIfAbsent(chain, Chain.of(List.of("meta l4proto " + protocol.number() + " "
            + destination(Family.of(pod), List.of(new Backend(pod, port.port().number()))))));
    }

    Table table() {
        var translate = rules(NatMaps::translate);
        hook("prerouting", "nat", -100, translate);
        hook("output", "nat", -100, translate);
        hook("postrouting", "nat", 100, Stream.of(List.of("meta mark & " + MARK + " == " + MARK + " masquerade"),
            rules(NatMaps::masqueradeHairpins), masquerade).flatMap(List::stream).toList());
        hook("refuse_forward", "filter", -110, rules(m -> Stream.of(m.refuseService(), m.dropService()).flatMap(List::stream).toList()));
        hook("refuse_output", "filter", -110, rules(m -> Stream.of(m.refuseService(), m.refuseNodePort()).flatMap(List::stream).toList()));
        hook("refuse_input", "filter", -110, rules(m -> Stream.of(m.refuseNodePort(), m.dropNodePort()).flatMap(List::stream).toList()));
        var lookups = new HashMap<String, Lookup>();
        Stream.of(four, six).forEach(m -> m.into(lookups));
        return new Table(TABLE, lookups, chains);
    }

    private void hook(String name, String type, int priority, List<String> rules) {
        var hook = name.substring(name.indexOf('_') + 1);
        chains.put(name, new Chain("type %s hook %s priority %s; policy accept;".formatted(type, hook, priority), rules));
    }

    private List<String> rules(Function<NatMaps, List<String>> ofFamily) {
        return Stream.of(four, six).flatMap(m -> ofFamily.apply(m).stream()).toList();
    }

    private NatMaps maps(Family family) {
        return family == Family.IPV6 ? six : four;
    }

    private static String destination(Family family, List<Backend> backends) {
        var to = family == Family.IPV6 ? "dnat ip6 to " : "dnat ip to ";
        if (backends.size() == 1) return to + backends.getFirst().literal();
        var turns = new ArrayList<String>();
        IntStream.range(0, backends.size()).forEach(i -> turns.add(i + " : " + backends.get(i).element()));
        return "%snumgen inc mod %s map { %s }".formatted(to, backends.size(), String.join(", ", turns));
    }
}

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

/// The table of a node's address translation in the making.
final class NatTable {
    static final String TABLE = "services";

    /// kube-proxy's mark on packets that came in by a node port and must leave under the node's address.
    private static final String MARK = "0x4000";

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

    /// @param id unique for the Service, its port and the family
    void serve(int id, InetAddress clusterIp, ServicePort port, List<Backend> backends) {
        var family = Family.of(clusterIp);
        var target = port.port().protocol().number() + " . ";
        var clusterPort = clusterIp.getHostAddress() + " . " + target + port.port().number();
        var nodePort = port.nodePort() == 0 ? "" : target + port.nodePort();
        if (backends.isEmpty()) {
            maps(family).refuse(clusterPort, nodePort);
            return;
        }
        maps(family).serve(clusterPort, nodePort, id);
        chains.put("s" + id, Chain.of(List.of("meta l4proto " + port.port().protocol().number() + " " + destination(family, backends))));
        if (port.nodePort() != 0) chains.put("n" + id, Chain.of(List.of("meta mark set meta mark | " + MARK, "goto s" + id)));
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
        hook("refuse_forward", "filter", -110, rules(NatMaps::refuseService));
        hook("refuse_output", "filter", -110, rules(m -> Stream.of(m.refuseService(), m.refuseNodePort()).flatMap(List::stream).toList()));
        hook("refuse_input", "filter", -110, rules(NatMaps::refuseNodePort));
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

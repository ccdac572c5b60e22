package dev.lockdown.rules;

import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.RuleFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is programmed about flows on the nodes of their ends.
///
/// ```java
/// var rules = new FlowRules(state, addresses);
/// var found = rules.of(cell, cluster.dumps(rules.asked(cell), since), "kube-router 2.6.3", dump -> "rules-26-" + dump.node() + ".txt");
/// ```
public final class FlowRules {
    private final ClusterState state;
    private final Addresses addresses;
    private final Admissions expected;
    private final Map<NodeDump, Firewall> read = new HashMap<>();

    public FlowRules(ClusterState state, Addresses addresses) {
        this.state = state;
        this.addresses = addresses;
        this.expected = new Admissions(state, addresses);
    }

    /// Names the file that has all of a node.
    public interface Files {
        String of(NodeDump dump);
    }

    /// What a cluster is to be asked about a cell's flow; nothing where none of its ends is on a node.
    public List<DifferingFlow> asked(Cell cell) {
        return FlowEnds.of(cell, state, addresses).stream().map(FlowEnds::asked).filter(f -> !f.nodes().isEmpty()).toList();
    }

    /// Find what the nodes of a cell's ends have programmed about its flow.
    ///
    /// @param dumps of more nodes, perhaps
    /// @param plugin the network plugin, for people; empty where it is not known
    public List<NodeRules> of(Cell cell, List<NodeDump> dumps, String plugin, Files files) {
        var ends = FlowEnds.of(cell, state, addresses);
        return dumps.stream().filter(d -> ends.stream().anyMatch(e -> e.nodes().contains(d.node())))
            .map(d -> of(ends, d, plugin, files.of(d)))
            .toList();
    }

    private NodeRules of(List<FlowEnds> ends, NodeDump dump, String plugin, String file) {
        var firewall = read.computeIfAbsent(dump, FlowRules::firewall);
        var interfaces = new Interfaces(text(dump, Kind.ROUTES), clusterNames(dump), dump.pods(), interfaces(firewall));
        var facts = new LinkedHashSet<RuleFact>();
        var chains = new LinkedHashMap<Rule.Chain, List<String>>();
        var sets = new LinkedHashMap<String, NodeRules.SetSeen>();
        for (var end : ends) {
            if (!end.nodes().contains(dump.node())) continue;
            var packet = end.on(dump.node(), interfaces);
            var search = new FactSearch(firewall, FlowFilter.of(firewall, packet), packet, expected);
            for (var rule : search.kept()) {
                var texts = chains.computeIfAbsent(rule.chain(), _ -> new ArrayList<>());
                if (!texts.contains(rule.text())) texts.add(rule.text());
            }
            new SetSearch(search).all().forEach(set -> sets.putIfAbsent(set.name(), set));
            if (!FactSearch.isReadable(firewall)) continue;
            if (end.isSourceOn(dump.node())) facts.addAll(search.at(Direction.EGRESS, Objects.requireNonNull(end.sourcePod())));
            if (end.isDestinationOn(dump.node()))
                facts.addAll(search.at(Direction.INGRESS, Objects.requireNonNull(end.destinationPod())));
        }
        return new NodeRules(dump.node(), plugin, List.copyOf(facts),
            chains.entrySet().stream().map(c -> new NodeRules.Chain(c.getKey().table(), c.getKey().name(), c.getValue())).toList(),
            List.copyOf(sets.values()), dump.unread(), file);
    }

    private static Firewall firewall(NodeDump dump) {
        var builder = new Firewall.Builder();
        for (var part : dump.parts()) switch (part.kind()) {
            case IPTABLES -> IptablesDump.read(part.tool(), part.text(), builder);
            case IPSET -> IpsetDump.read(part.text(), builder);
            case NFTABLES -> NftDump.read(part.text(), builder);
            case ROUTES, CONNTRACK, POLICIES, LOG -> {}
        }
        var firewall = builder.build();
        if (dump.namespaces().isEmpty()) return firewall;
        firewall.chains().replaceAll((_, rules) -> rules.stream().map(r -> r.of(named(r.policy(), dump))).toList());
        return firewall;
    }

    /// By the state's name.
    private static @Nullable NamespacedName named(@Nullable NamespacedName policy, NodeDump dump) {
        return policy == null ? null
            : new NamespacedName(dump.namespaces().getOrDefault(policy.namespace(), policy.namespace()), policy.name());
    }

    private static Map<String, String> clusterNames(NodeDump dump) {
        return dump.namespaces().entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    private static Set<String> interfaces(Firewall firewall) {
        return firewall.chains().values().stream().flatMap(List::stream).flatMap(r -> r.matches().stream())
            .filter(Match.Interface.class::isInstance).map(m -> ((Match.Interface) m).name()).collect(Collectors.toSet());
    }

    static String text(NodeDump dump, Kind kind) {
        return dump.parts().stream().filter(p -> p.kind() == kind).map(NodeDump.Part::text).collect(Collectors.joining("\n"));
    }
}

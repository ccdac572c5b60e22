package dev.lockdown.rehearsal;

import dev.lockdown.flow.Port;
import dev.lockdown.need.Need;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One proposed policy as data: whom it selects, in one direction, and its rules.
///
/// @param selector labels; empty selects every pod of the namespace
final class Allowance {
    final String namespace;
    final String name;
    final Map<String, String> selector;
    final Direction direction;
    private final Map<Peer, Rule> rules = new TreeMap<>(Comparator.comparing(Peer::toString));

    /// Who is let through: pods by labels and namespace, or a block of addresses.
    sealed interface Peer {
        /// @param namespace empty for the policy's own
        /// @param labels empty for every pod of the namespace
        record Pods(String namespace, Map<String, String> labels) implements Peer {}

        record Block(String cidr) implements Peer {}
    }

    /// @param needs for which the rule is
    record Rule(Set<Port> ports, List<Need> needs) {}

    Allowance(String namespace, String name, Map<String, String> selector, Direction direction) {
        this.namespace = namespace;
        this.name = name;
        this.selector = selector;
        this.direction = direction;
    }

    void let(Peer peer, Port port, Need need) {
        var rule = rules.computeIfAbsent(peer, _ -> new Rule(new TreeSet<>(), new ArrayList<>()));
        rule.ports.add(port);
        if (!rule.needs.contains(need)) rule.needs.add(need);
    }

    Map<Peer, Rule> rules() {
        return rules;
    }

    List<Need> needs() {
        return rules.values().stream().flatMap(r -> r.needs.stream()).distinct().toList();
    }
}

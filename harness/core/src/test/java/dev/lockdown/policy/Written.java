package dev.lockdown.policy;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A policy written down for a test.
///
/// Selectors are `app=web`, `app in (web api)`, `app notin (web)`, `app` (exists), `!app` (does not), joined by `; `; empty matches all.
record Written(NetworkPolicy policy) {

    /// A policy without rules. Its types are those given, or what the API server would set.
    static Written policy(String name, String podSelector, Direction... types) {
        Set<Direction> set = types.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(types));
        return new Written(new NetworkPolicy(NamespacedName.parse(name), selector(podSelector), set, List.of(), List.of()));
    }

    Written ingress(Rule rule) {
        var rules = new ArrayList<>(policy.ingress());
        rules.add(rule);
        return new Written(new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), rules, policy.egress()));
    }

    Written egress(Rule rule) {
        var rules = new ArrayList<>(policy.egress());
        rules.add(rule);
        return new Written(new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), policy.ingress(), rules));
    }

    /// @param ports each `TCP`, `TCP/80`, `TCP/80-90` or `TCP/http`; none means every port
    static Rule anybody(String... ports) {
        return new Rule(List.of(), Arrays.stream(ports).map(Written::port).toList());
    }

    static Rule only(Peer peer, String... ports) {
        return anyOf(List.of(peer), ports);
    }

    static Rule anyOf(List<Peer> peers, String... ports) {
        return new Rule(peers, Arrays.stream(ports).map(Written::port).toList());
    }

    static Peer pods(String selector) {
        return new Peer.Pods(selector(selector), null);
    }

    static Peer namespaces(String selector) {
        return new Peer.Pods(null, selector(selector));
    }

    static Peer podsOf(String namespaceSelector, String podSelector) {
        return new Peer.Pods(selector(podSelector), selector(namespaceSelector));
    }

    static Peer block(String cidr, String... except) {
        return new Peer.IpBlock(Cidr.parse(cidr), Arrays.stream(except).map(Cidr::parse).toList());
    }

    static LabelSelector selector(String text) {
        var labels = new HashMap<String, String>();
        var requirements = new ArrayList<Requirement>();
        for (var part : text.split("; ")) {
            if (part.isEmpty()) continue;
            var requirement = requirement(part);
            if (requirement != null) requirements.add(requirement);
            else labels.putAll(Map.of(part.split("=")[0], part.split("=")[1]));
        }
        return new LabelSelector(labels, requirements);
    }

    private static @Nullable Requirement requirement(String part) {
        if (part.contains(" notin (")) return listed(part, " notin (", Operator.NOT_IN);
        if (part.contains(" in (")) return listed(part, " in (", Operator.IN);
        if (part.contains("=")) return null;
        return part.startsWith("!") ? new Requirement(part.substring(1), Operator.DOES_NOT_EXIST, List.of())
            : new Requirement(part, Operator.EXISTS, List.of());
    }

    private static Requirement listed(String part, String word, Operator operator) {
        int at = part.indexOf(word);
        var values = part.substring(at + word.length(), part.length() - 1);
        return new Requirement(part.substring(0, at), operator, List.of(values.split(" ")));
    }

    private static PolicyPort port(String text) {
        var parts = text.split("/");
        var protocol = Protocol.valueOf(parts[0]);
        if (parts.length == 1) return new PolicyPort.Any(protocol);
        if (parts[1].matches("\\d+")) return new PolicyPort.Range(protocol, Integer.parseInt(parts[1]), Integer.parseInt(parts[1]));
        if (!parts[1].matches("\\d+-\\d+")) return new PolicyPort.Named(protocol, parts[1]);
        var ends = parts[1].split("-");
        return new PolicyPort.Range(protocol, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }
}

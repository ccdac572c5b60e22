package dev.lockdown.lint;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.policy.Repair.Kind;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.ArrayList;
import java.util.List;

/// Writes one rule of a policy otherwise.
record Edited(NetworkPolicy policy, Direction direction, int rule) {

    static NetworkPolicy inNamespace(NetworkPolicy policy, String namespace) {
        return new NetworkPolicy(new NamespacedName(namespace, policy.name().name()), policy.podSelector(), policy.types(),
            policy.ingress(), policy.egress());
    }

    static NetworkPolicy selecting(NetworkPolicy policy, LabelSelector selector) {
        return new NetworkPolicy(policy.name(), selector, policy.types(), policy.ingress(), policy.egress());
    }

    PolicyEdit peer(Kind kind, int index, Peer peer, String part, String written, String meant) {
        var old = policy.rules(direction).get(rule);
        return new PolicyEdit(kind, policy, with(new Rule(with(old.peers(), index, peer), old.ports())),
            "%s.%s[%s].%s".formatted(path(), direction == Direction.INGRESS ? "from" : "to", index, part), written, meant);
    }

    PolicyEdit port(Kind kind, int index, PolicyPort port, String written, String meant) {
        var old = policy.rules(direction).get(rule);
        return new PolicyEdit(kind, policy, with(new Rule(old.peers(), with(old.ports(), index, port))),
            "%s.ports[%s]".formatted(path(), index), written, meant);
    }

    private String path() {
        return "%s[%s]".formatted(direction, rule);
    }

    private NetworkPolicy with(Rule other) {
        var rules = with(policy.rules(direction), rule, other);
        return direction == Direction.INGRESS
            ? new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), rules, policy.egress())
            : new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), policy.ingress(), rules);
    }

    private static <T> List<T> with(List<T> all, int index, T other) {
        var copy = new ArrayList<>(all);
        copy.set(index, other);
        return copy;
    }
}

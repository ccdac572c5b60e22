package dev.lockdown.mutation;

import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes every policy that differs from a given one in one place: something left out, or wider than it was.
final class Mutations {
    private static final String LEFT_OUT = "left out";

    private final NetworkPolicy policy;
    private final List<Mutation> mutations = new ArrayList<>();

    private Mutations(NetworkPolicy policy) {
        this.policy = policy;
    }

    static List<Mutation> of(NetworkPolicy policy) {
        var made = new Mutations(policy);
        made.add("", LEFT_OUT, null);
        made.types();
        made.selector("podSelector", policy.podSelector(),
            s -> new NetworkPolicy(policy.name(), s, policy.types(), policy.ingress(), policy.egress()));
        for (var direction : Direction.values()) made.rules(direction);
        return made.mutations;
    }

    private void add(String part, String change, @Nullable NetworkPolicy result) {
        mutations.add(new Mutation(part, change, result));
    }

    private void types() {
        if (policy.types().size() < 2) return;
        for (var direction : Direction.values()) {
            var rest = direction == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS;
            add("policyTypes", "without " + direction, new NetworkPolicy(policy.name(), policy.podSelector(), Set.of(rest),
                policy.ingress(), policy.egress()));
        }
    }

    private void rules(Direction direction) {
        var rules = policy.rules(direction);
        for (int i = 0; i < rules.size(); i++) {
            int at = i;
            var part = "%s[%s]".formatted(direction, i);
            add(part, LEFT_OUT, with(direction, without(rules, i)));
            rule(part, direction == Direction.INGRESS ? "from" : "to", rules.get(i), rule -> with(direction, replaced(rules, at, rule)));
        }
    }

    private void rule(String part, String peers, Rule rule, Function<Rule, NetworkPolicy> whole) {
        if (!rule.peers().isEmpty()) add(part + "." + peers, "widened to everybody", whole.apply(new Rule(List.of(), rule.ports())));
        for (int i = 0; i < rule.peers().size(); i++) {
            int at = i;
            var one = "%s.%s[%s]".formatted(part, peers, i);
            // The only peer left out would mean everybody.
            if (rule.peers().size() > 1) add(one, LEFT_OUT, whole.apply(new Rule(without(rule.peers(), i), rule.ports())));
            peer(one, rule.peers().get(i), peer -> whole.apply(new Rule(replaced(rule.peers(), at, peer), rule.ports())));
        }
        ports(part, rule, whole);
    }

    private void ports(String part, Rule rule, Function<Rule, NetworkPolicy> whole) {
        if (!rule.ports().isEmpty()) add(part + ".ports", "widened to every port", whole.apply(new Rule(rule.peers(), List.of())));
        for (int i = 0; i < rule.ports().size(); i++) {
            var one = "%s.ports[%s]".formatted(part, i);
            if (rule.ports().size() > 1) add(one, LEFT_OUT, whole.apply(new Rule(rule.peers(), without(rule.ports(), i))));
            if (rule.ports().get(i) instanceof PolicyPort.Any) continue;
            var wider = new PolicyPort.Any(rule.ports().get(i).protocol());
            add(one, "widened to every port of " + wider.protocol(), whole.apply(new Rule(rule.peers(), replaced(rule.ports(), i, wider))));
        }
    }

    private void peer(String part, Peer peer, Function<Peer, NetworkPolicy> whole) {
        switch (peer) {
            case Peer.IpBlock(var cidr, var except) -> {
                for (int i = 0; i < except.size(); i++)
                    add("%s.ipBlock.except[%s]".formatted(part, i), LEFT_OUT, whole.apply(new Peer.IpBlock(cidr, without(except, i))));
            }
            case Peer.Pods(var pods, var namespaces) -> {
                if (pods != null) selector(part + ".podSelector", pods, s -> whole.apply(new Peer.Pods(s, namespaces)));
                if (namespaces != null) selector(part + ".namespaceSelector", namespaces, s -> whole.apply(new Peer.Pods(pods, s)));
            }
        }
    }

    private void selector(String part, LabelSelector selector, Function<LabelSelector, NetworkPolicy> whole) {
        for (var key : selector.matchLabels().keySet()) {
            var labels = new TreeMap<>(selector.matchLabels());
            labels.remove(key);
            add("%s.matchLabels.%s".formatted(part, key), LEFT_OUT, whole.apply(new LabelSelector(labels, selector.matchExpressions())));
        }
        for (int i = 0; i < selector.matchExpressions().size(); i++)
            add("%s.matchExpressions[%s]".formatted(part, i), LEFT_OUT,
                whole.apply(new LabelSelector(selector.matchLabels(), without(selector.matchExpressions(), i))));
    }

    private NetworkPolicy with(Direction direction, List<Rule> rules) {
        // Types that the manifest leaves out follow from its rules, and a mutation changes one thing alone.
        var types =
            !policy.types().isEmpty() ? policy.types() : policy.egress().isEmpty() ? Set.of(Direction.INGRESS) : Set.of(Direction.values());
        return direction == Direction.INGRESS ? new NetworkPolicy(policy.name(), policy.podSelector(), types, rules, policy.egress())
            : new NetworkPolicy(policy.name(), policy.podSelector(), types, policy.ingress(), rules);
    }

    private static <T> List<T> without(List<T> list, int index) {
        var fewer = new ArrayList<>(list);
        fewer.remove(index);
        return fewer;
    }

    private static <T> List<T> replaced(List<T> list, int index, T other) {
        var changed = new ArrayList<>(list);
        changed.set(index, other);
        return changed;
    }
}

package dev.lockdown.verdict.known;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.policy.Selectors;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Policies of both types whose rules count for both directions between the pods that they select.
///
/// What such a policy's egress rule admits is said as ingress rules: of those of its pods that the rule's peers are, from all of its pods.
final class BothWays {
    private BothWays() {}

    /// Give the policies that say what is admitted beyond what is written.
    static List<NetworkPolicy> added(ClusterState state) {
        return state.policies().values().stream().filter(p -> p.types().size() == Direction.values().length)
            .flatMap(p -> Stream.of(Direction.values()).flatMap(d -> turned(p, d, state).stream())).toList();
    }

    /// @param written the direction of the rules, which are turned round
    private static List<NetworkPolicy> turned(NetworkPolicy policy, Direction written, ClusterState state) {
        var turned = new ArrayList<NetworkPolicy>();
        for (var rule : policy.rules(written)) {
            var peers = rule.peers().isEmpty() ? List.<Peer>of(new Peer.Pods(LabelSelector.EVERYTHING, null)) : rule.peers();
            for (var peer : peers) {
                if (!(peer instanceof Peer.Pods(var pods, var namespaces)) || !isOfNamespace(namespaces, policy, state)) continue;
                var name = new NamespacedName(policy.name().namespace(),
                    "%s-%s-turned-%s".formatted(policy.name().name(), written, Integer.toString(turned.size())));
                turned.add(turned(name, both(policy.podSelector(), pods), written,
                    new Rule(List.of(new Peer.Pods(policy.podSelector(), null)), rule.ports())));
            }
        }
        return turned;
    }

    private static NetworkPolicy turned(NamespacedName name, LabelSelector subjects, Direction written, Rule rule) {
        return written == Direction.EGRESS ? new NetworkPolicy(name, subjects, Set.of(Direction.INGRESS), List.of(rule), List.of())
            : new NetworkPolicy(name, subjects, Set.of(Direction.EGRESS), List.of(), List.of(rule));
    }

    private static boolean isOfNamespace(@Nullable LabelSelector selector, NetworkPolicy policy, ClusterState state) {
        var namespace = state.namespaces().get(policy.name().namespace());
        return selector == null || Selectors.matches(selector, namespace == null ? Map.of() : namespace.labels());
    }

    private static LabelSelector both(LabelSelector one, @Nullable LabelSelector other) {
        if (other == null) return one;
        var all = new ArrayList<>(one.matchExpressions());
        all.addAll(other.matchExpressions());
        other.matchLabels().forEach((key, value) -> all.add(new Requirement(key, Operator.IN, List.of(value))));
        return new LabelSelector(one.matchLabels(), all);
    }
}

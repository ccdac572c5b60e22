package dev.lockdown.lint;

import dev.lockdown.policy.Selectors;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What selectors may match in a state: its namespaces, and the pods of each.
final class Candidates {
    private final Map<String, List<Pod>> pods = new HashMap<>();
    private final Map<Scope, List<Pod>> named = new HashMap<>();
    private final ClusterState state;
    private final Set<String> implied;

    Candidates(ClusterState state, Set<String> implied) {
        this.state = state;
        this.implied = Set.copyOf(implied);
        for (var pod : state.pods().values()) pods.computeIfAbsent(pod.name().namespace(), _ -> new ArrayList<>()).add(pod);
    }

    private record Scope(String own, Peer.Pods peer) {}

    static boolean selects(LabelSelector selector, Pod pod) {
        return Selectors.matches(selector, pod.labels());
    }

    List<Pod> of(String namespace) {
        return pods.getOrDefault(namespace, List.of());
    }

    Collection<Pod> all() {
        return state.pods().values();
    }

    Collection<Namespace> namespaces() {
        return state.namespaces().values();
    }

    /// Namespaces whose labels nobody wrote down.
    Set<String> implied() {
        return implied;
    }

    /// The namespaces that a peer of a policy speaks of.
    List<String> namespacesOf(Peer.Pods peer, String own) {
        var selector = peer.namespaceSelector();
        if (selector == null) return List.of(own);
        return state.namespaces().values().stream().filter(n -> Selectors.matches(selector, n.labels())).map(Namespace::name).toList();
    }

    /// The pods that a peer of a policy in that namespace means.
    List<Pod> named(Peer.Pods peer, String own) {
        return named.computeIfAbsent(new Scope(peer.namespaceSelector() == null ? own : "", peer), _ -> {
            var selector = peer.podSelector();
            return namespacesOf(peer, own).stream().flatMap(n -> of(n).stream()).filter(p -> selector == null || selects(selector, p))
                .toList();
        });
    }
}

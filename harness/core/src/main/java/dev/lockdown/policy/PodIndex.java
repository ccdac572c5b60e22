package dev.lockdown.policy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The pods of a state by number, and the policies that select each. Safe for several threads.
final class PodIndex {
    private final ClusterState state;
    private final List<FlowEnd.Member> members = new ArrayList<>();
    private final Map<NamespacedName, FlowEnd.Member> byName = new HashMap<>();
    private final Map<String, List<FlowEnd.Member>> byNamespace = new HashMap<>();
    private final Map<String, List<NetworkPolicy>> policies = new HashMap<>();
    // Filled when first asked: one explanation needs two pods of a thousand. An isolation is immutable, so a slot may be filled by a race.
    private final @Nullable Isolation[] isolations;
    private final Map<Selecting, Isolation> shared = new ConcurrentHashMap<>();

    PodIndex(ClusterState state, Addresses addresses) {
        this.state = state;
        for (var pod : state.pods().values()) add(pod, addresses);
        for (var policy : state.policies().values())
            policies.computeIfAbsent(policy.name().namespace(), _ -> new ArrayList<>()).add(policy);
        isolations = new Isolation[members.size() * 2];
    }

    private void add(Pod pod, Addresses addresses) {
        var node = pod.node().isEmpty() && state.nodes().size() == 1 ? state.nodes().keySet().iterator().next() : pod.node();
        var given = addresses.of(new Endpoint.Pod(pod.name()));
        if (given.isEmpty() && pod.hostNetwork() && !node.isEmpty()) given = addresses.of(new Endpoint.Node(node));
        var namespace = pod.name().namespace();
        var member = new FlowEnd.Member(members.size(), pod, namespaceLabels(namespace), node, EndAddresses.of(given));
        members.add(member);
        byName.put(pod.name(), member);
        byNamespace.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(member);
    }

    private Map<String, String> namespaceLabels(String name) {
        var namespace = state.namespaces().get(name);
        return namespace == null ? Map.of() : namespace.labels();
    }

    List<FlowEnd.Member> members() {
        return members;
    }

    /// @throws IllegalArgumentException if there is no such pod
    FlowEnd.Member member(NamespacedName name) {
        var member = byName.get(name);
        if (member == null) throw new IllegalArgumentException("there is no pod \"%s\" in this state".formatted(name));
        return member;
    }

    List<FlowEnd.Member> membersOf(String namespace) {
        return byNamespace.getOrDefault(namespace, List.of());
    }

    List<NetworkPolicy> policiesOf(String namespace) {
        return policies.getOrDefault(namespace, List.of());
    }

    /// Give the policies that isolate a pod in a direction.
    Isolation isolation(FlowEnd.Member subject, Direction direction) {
        var known = isolations[slot(subject, direction)];
        if (known != null) return known;
        var selecting = new BitSet();
        var candidates = policiesOf(subject.namespace());
        for (int i = 0; i < candidates.size(); i++) selecting.set(i, selects(candidates.get(i), subject));
        for (var each : Direction.values()) isolations[slot(subject, each)] = shared(subject.namespace(), each, selecting);
        return shared(subject.namespace(), direction, selecting);
    }

    private Isolation shared(String namespace, Direction direction, BitSet selecting) {
        if (selecting.isEmpty()) return Isolation.NONE;
        return shared.computeIfAbsent(new Selecting(namespace, direction, selecting), _ -> {
            var isolating = selecting.stream().mapToObj(policiesOf(namespace)::get).filter(p -> p.types().contains(direction)).toList();
            return isolating.isEmpty() ? Isolation.NONE : new Isolation(isolating);
        });
    }

    private static int slot(FlowEnd.Member subject, Direction direction) {
        return subject.index() * 2 + direction.ordinal();
    }

    private record Selecting(String namespace, Direction direction, BitSet policies) {}

    /// Whether the policy's own selector matches a pod of its namespace.
    static boolean selects(NetworkPolicy policy, FlowEnd.Member subject) {
        return Selectors.matches(policy.podSelector(), subject.pod().labels());
    }

    /// Whether a peer of selectors, in a policy of that namespace, names the pod.
    static boolean names(Peer.Pods peer, String namespace, FlowEnd.Member member) {
        return inNamespaces(peer, namespace, member.namespace(), member.namespaceLabels()) && namesAmong(peer, member);
    }

    /// Call for every pod that a peer of selectors, in a policy of that namespace, names.
    void forEachNamed(Peer.Pods peer, String namespace, Consumer<FlowEnd.Member> action) {
        if (peer.namespaceSelector() == null) {
            membersOf(namespace).stream().filter(m -> namesAmong(peer, m)).forEach(action);
            return;
        }
        byNamespace.forEach((name, residents) -> {
            if (!inNamespaces(peer, namespace, name, namespaceLabels(name))) return;
            residents.stream().filter(m -> namesAmong(peer, m)).forEach(action);
        });
    }

    private static boolean inNamespaces(Peer.Pods peer, String own, String namespace, Map<String, String> labels) {
        var selector = peer.namespaceSelector();
        return selector == null ? own.equals(namespace) : Selectors.matches(selector, labels);
    }

    private static boolean namesAmong(Peer.Pods peer, FlowEnd.Member member) {
        var selector = peer.podSelector();
        return selector == null || Selectors.matches(selector, member.pod().labels());
    }
}

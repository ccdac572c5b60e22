package dev.lockdown.fuzz;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes what happens next to a state: what a further manifest could say.
///
/// Deletions come alone: a manifest has no order, and an address is free for the next pod only after its pod is gone.
record RandomChanges(RandomSource random, RandomNames words, RandomCast cast, RandomPolicy policies) {

    List<Change> next(ClusterState state, int usualPods) {
        if (own(state.pods().keySet()).size() < usualPods && random.oneIn(2)) {
            var start = start(state);
            if (start != null) return List.of(start);
        }
        if (random.oneIn(4)) {
            var deletion = deletion(state);
            if (deletion != null) return List.of(deletion);
        }
        // One change of an object at a time, and what is applied later wins.
        Map<String, Change> changes = new LinkedHashMap<>();
        for (int i = 1 + random.below(3); i > 0; i--) {
            var change = application(state);
            changes.put(subject(change), change);
        }
        return changes.values().stream().sorted(Comparator.comparingInt(RandomChanges::rank)).toList();
    }

    /// Policies of a first state, perhaps fewer than wanted: a name comes once.
    List<Change> policies(int most) {
        Map<String, Change> changes = new LinkedHashMap<>();
        for (int i = 0; i < most; i++) {
            var change = policy(RandomNames.NAMESPACES);
            changes.put(subject(change), change);
        }
        return List.copyOf(changes.values());
    }

    /// As a manifest is applied.
    static int rank(Change change) {
        return switch (change) {
            case Change.ApplyNamespace _, Change.RelabelNamespace _ -> 0;
            case Change.StartPod _, Change.ApplyService _, Change.AddHost _, Change.RelabelPod _ -> 1;
            case Change.ApplyPolicy _ -> 2;
            case Change.DeleteNamespace _, Change.StopPod _, Change.DeleteService _, Change.DeletePolicy _ -> 3;
        };
    }

    /// The object that a change is about. A manifest may speak of it once.
    static String subject(Change change) {
        return switch (change) {
            case Change.ApplyNamespace(var namespace) -> "namespace " + namespace.name();
            case Change.RelabelNamespace(var name, _) -> "namespace " + name;
            case Change.DeleteNamespace(var name) -> "namespace " + name;
            case Change.StartPod(var pod) -> "pod " + pod.name();
            case Change.RelabelPod(var name, _) -> "pod " + name;
            case Change.StopPod(var name) -> "pod " + name;
            case Change.ApplyService(var service) -> "service " + service.name();
            case Change.DeleteService(var name) -> "service " + name;
            case Change.ApplyPolicy(var policy) -> "policy " + policy.name();
            case Change.DeletePolicy(var name) -> "policy " + name;
            case Change.AddHost(var host) -> "host " + host.name();
        };
    }

    private Change application(ClusterState state) {
        var namespaces = RandomNames.NAMESPACES.stream().filter(state.namespaces()::containsKey).toList();
        var pods = own(state.pods().keySet());
        return switch (random.below(10)) {
            case 0 -> new Change.RelabelNamespace(random.pick(namespaces), words.namespaceLabels());
            case 1, 2 -> pods.isEmpty() ? policy(namespaces) : new Change.RelabelPod(random.pick(pods), words.podLabels());
            case 3 -> new Change.ApplyService(cast.service(random.pick(namespaces)));
            default -> policy(namespaces);
        };
    }

    private Change policy(List<String> namespaces) {
        return new Change.ApplyPolicy(policies.named(new NamespacedName(random.pick(namespaces), words.policyName())));
    }

    private @Nullable Change deletion(ClusterState state) {
        // Often a pod: what its address was allowed must not outlive it.
        List<Change> pods = own(state.pods().keySet()).stream().<Change>map(Change.StopPod::new).toList();
        if (!pods.isEmpty() && random.oneIn(2)) return random.pick(pods);
        var others = new ArrayList<Change>();
        own(state.policies().keySet()).forEach(name -> others.add(new Change.DeletePolicy(name)));
        own(state.services().keySet()).forEach(name -> others.add(new Change.DeleteService(name)));
        return others.isEmpty() ? null : random.pick(others);
    }

    private @Nullable Change start(ClusterState state) {
        var pod = cast.absent(state);
        return pod == null ? null : new Change.StartPod(pod);
    }

    private static List<NamespacedName> own(Collection<NamespacedName> names) {
        return names.stream().filter(n -> RandomNames.NAMESPACES.contains(n.namespace())).toList();
    }
}

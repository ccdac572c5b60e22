package dev.lockdown.rehearsal;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.need.Needs;
import dev.lockdown.need.Party;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ControllerLabels;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The labels by which a policy means one workload and nobody else: those of its own selector where they suffice, else more of its
/// template's.
final class PodSelectors {
    /// They change with every release, and a policy would lose its pods.
    private static final Set<String> PASSING = Set.of("helm.sh/chart", "app.kubernetes.io/version", "version", "chart", "heritage");

    private final ClusterState state;
    private final Map<Party, Map<String, String>> chosen = new HashMap<>();
    private final Map<Party, Set<NamespacedName>> others = new HashMap<>();

    PodSelectors(ClusterState state, Needs needs, Map<Party, List<NamespacedName>> pods) {
        this.state = state;
        var byNamespace = new HashMap<String, List<Pod>>();
        state.pods().values().forEach(p -> byNamespace.computeIfAbsent(p.name().namespace(), _ -> new ArrayList<>()).add(p));
        for (var workload : needs.workloads()) {
            var own = pods.getOrDefault(workload.party(), List.of());
            if (!own.isEmpty())
                choose(workload, own, byNamespace.getOrDefault(workload.party().name().namespace(), List.of()));
        }
    }

    private void choose(Needs.Workload workload, List<NamespacedName> own, List<Pod> neighbours) {
        var all = common(own);
        var lasting = new TreeMap<>(all);
        lasting.keySet().removeAll(PASSING);
        var candidates = new ArrayList<Map<String, String>>();
        if (!workload.selector().isEmpty() && all.entrySet().containsAll(workload.selector().entrySet()))
            candidates.add(workload.selector());
        candidates.add(lasting);
        candidates.add(all);
        for (var candidate : candidates) {
            if (candidate.isEmpty()) continue;
            var selected = new HashSet<NamespacedName>();
            for (var pod : neighbours) if (pod.labels().entrySet().containsAll(candidate.entrySet())) selected.add(pod.name());
            selected.removeAll(own);
            chosen.put(workload.party(), candidate);
            others.put(workload.party(), selected);
            if (selected.isEmpty()) return;
        }
    }

    private Map<String, String> common(List<NamespacedName> pods) {
        var common = new TreeMap<String, String>();
        for (int i = 0; i < pods.size(); i++) {
            var pod = state.pods().get(pods.get(i));
            if (pod == null) continue;
            var labels = ControllerLabels.without(pod.labels());
            if (i == 0) common.putAll(labels);
            else common.entrySet().retainAll(labels.entrySet());
        }
        return common;
    }

    /// Give the labels; none where the workload has none that last.
    Map<String, String> of(Party workload) {
        return chosen.getOrDefault(workload, Map.of());
    }

    /// Pods of others that the labels mean as well, since they have all of them.
    Set<NamespacedName> others(Party workload) {
        return others.getOrDefault(workload, Set.of());
    }
}

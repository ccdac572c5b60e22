package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.state.LabelSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The pods of one namespace, found by their labels: thousands of policies that each select a few of thousands of pods must
/// not look at every pair.
final class NamespaceIndex {
    static final NamespaceIndex EMPTY = new NamespaceIndex();

    private final List<PodAddresses> members = new ArrayList<>();
    private final Map<Map.Entry<String, String>, List<PodAddresses>> byLabel = new HashMap<>();

    void add(PodAddresses member) {
        members.add(member);
        member.pod().labels().forEach((key, value) -> byLabel.computeIfAbsent(Map.entry(key, value), _ -> new ArrayList<>()).add(member));
    }

    void select(LabelSelector selector, List<PodAddresses> into) {
        for (var member : candidates(selector)) if (LabelMatch.matches(selector, member.pod().labels())) into.add(member);
    }

    private List<PodAddresses> candidates(LabelSelector selector) {
        var fewest = members;
        for (var label : selector.matchLabels().entrySet()) {
            var some = byLabel.getOrDefault(Map.entry(label.getKey(), label.getValue()), List.of());
            if (some.size() < fewest.size()) fewest = some;
        }
        return fewest;
    }
}

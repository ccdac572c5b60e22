package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything that manifests can say about a cluster. Immutable; [#after] gives the next one.
public record ClusterState(Map<String, Node> nodes, Map<String, Namespace> namespaces, Map<NamespacedName, Pod> pods,
        Map<NamespacedName, Service> services, Map<NamespacedName, NetworkPolicy> policies, Map<String, ExternalHost> hosts) {

    public ClusterState {
        nodes = SortedCopy.of(nodes);
        namespaces = SortedCopy.of(namespaces);
        pods = SortedCopy.of(pods);
        services = SortedCopy.of(services);
        policies = SortedCopy.of(policies);
        hosts = SortedCopy.of(hosts);
    }

    public static ClusterState ofNodes(List<Node> nodes) {
        var byName = new TreeMap<String, Node>();
        nodes.forEach(n -> byName.put(n.name(), n));
        return new ClusterState(byName, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    /// Give the state after all of the changes, one after another.
    ///
    /// @throws IllegalArgumentException if a change does not fit
    public ClusterState after(List<Change> changes) {
        var draft = new StateDraft(this);
        changes.forEach(draft::apply);
        return draft.state();
    }

    /// Give the state after a change.
    ///
    /// @throws IllegalArgumentException if the change does not fit: a pod that is there already, or names something that is not there
    public ClusterState after(Change change) {
        return after(List.of(change));
    }
}

package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Everything that manifests can say about a cluster. Immutable; [#after] gives the next one.
public record ClusterState(Map<String, Node> nodes, Map<String, Namespace> namespaces, Map<NamespacedName, Pod> pods,
        Map<NamespacedName, Service> services, Map<NamespacedName, NetworkPolicy> policies, Map<String, ExternalHost> hosts) {

    public ClusterState {
        nodes = sorted(nodes);
        namespaces = sorted(namespaces);
        pods = sorted(pods);
        services = sorted(services);
        policies = sorted(policies);
        hosts = sorted(hosts);
    }

    public static ClusterState ofNodes(List<Node> nodes) {
        var byName = new TreeMap<String, Node>();
        nodes.forEach(n -> byName.put(n.name(), n));
        return new ClusterState(byName, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    public ClusterState after(List<Change> changes) {
        var state = this;
        for (var change : changes) state = state.after(change);
        return state;
    }

    /// Give the state after a change.
    ///
    /// @throws IllegalArgumentException if the change does not fit: a pod that is there already, or names something that is not there
    public ClusterState after(Change change) {
        return switch (change) {
            case Change.ApplyNamespace(var n) -> with(nodes, plus(namespaces, n.name(), n), pods, services, policies, hosts);
            case Change.DeleteNamespace(var name) -> withoutNamespace(name);
            case Change.StartPod(var pod) -> startPod(pod);
            case Change.StopPod(var name) -> withPods(minus(pods, present(pods, "pod", name)));
            case Change.ApplyService(var s) -> with(nodes, namespaces, pods, plus(services, inNamespace(s.name()), s), policies, hosts);
            case Change.DeleteService(var name) ->
                with(nodes, namespaces, pods, minus(services, present(services, "service", name)), policies, hosts);
            case Change.ApplyPolicy(var policy) -> withPolicies(plus(policies, inNamespace(policy.name()), defaulted(policy)));
            case Change.DeletePolicy(var name) -> withPolicies(minus(policies, present(policies, "policy", name)));
            case Change.RelabelPod(var name, var labels) ->
                withPods(plus(pods, present(pods, "pod", name), get(pods, name).withLabels(labels)));
            case Change.RelabelNamespace(var name, var labels) ->
                with(nodes, plus(namespaces, present(namespaces, "namespace", name), new Namespace(name, labels)), pods, services,
                    policies, hosts);
            case Change.AddHost(var host) -> with(nodes, namespaces, pods, services, policies, plus(hosts, host.name(), host));
        };
    }

    /// The types of `SetDefaults_NetworkPolicy`, or those of the policy that this one updates.
    private NetworkPolicy defaulted(NetworkPolicy policy) {
        if (!policy.types().isEmpty()) return policy;
        var existing = policies.get(policy.name());
        if (existing != null) return policy.withTypes(existing.types());
        Set<Direction> types = policy.egress().isEmpty() ? EnumSet.of(Direction.INGRESS) : EnumSet.allOf(Direction.class);
        return policy.withTypes(types);
    }

    private ClusterState startPod(Pod pod) {
        if (pods.containsKey(pod.name())) throw new IllegalArgumentException("pod %s is there already".formatted(pod.name()));
        return withPods(plus(pods, inNamespace(pod.name()), pod));
    }

    private ClusterState withoutNamespace(String name) {
        present(namespaces, "namespace", name);
        return with(nodes, minus(namespaces, name), outside(name, pods), outside(name, services), outside(name, policies), hosts);
    }

    private NamespacedName inNamespace(NamespacedName name) {
        present(namespaces, "namespace", name.namespace());
        return name;
    }

    private ClusterState withPods(Map<NamespacedName, Pod> other) {
        return with(nodes, namespaces, other, services, policies, hosts);
    }

    private ClusterState withPolicies(Map<NamespacedName, NetworkPolicy> other) {
        return with(nodes, namespaces, pods, services, other, hosts);
    }

    private static ClusterState with(Map<String, Node> nodes, Map<String, Namespace> namespaces, Map<NamespacedName, Pod> pods,
            Map<NamespacedName, Service> services, Map<NamespacedName, NetworkPolicy> policies, Map<String, ExternalHost> hosts) {
        return new ClusterState(nodes, namespaces, pods, services, policies, hosts);
    }

    private static <K, V> V get(Map<K, V> map, K key) {
        var value = map.get(key);
        if (value == null) throw new IllegalStateException("no " + key);
        return value;
    }

    private static <K, V> K present(Map<K, V> map, String kind, K key) {
        if (!map.containsKey(key))
            throw new IllegalArgumentException("there is no %s \"%s\"; there are: %s".formatted(kind, key,
                map.isEmpty() ? "none" : String.join(", ", map.keySet().stream().map(Object::toString).toList())));
        return key;
    }

    private static <V> Map<NamespacedName, V> outside(String namespace, Map<NamespacedName, V> map) {
        var rest = new TreeMap<>(map);
        rest.keySet().removeIf(n -> n.namespace().equals(namespace));
        return rest;
    }

    private static <K extends Comparable<K>, V> Map<K, V> plus(Map<K, V> map, K key, V value) {
        var more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }

    private static <K extends Comparable<K>, V> Map<K, V> minus(Map<K, V> map, K key) {
        var less = new TreeMap<>(map);
        less.remove(key);
        return less;
    }

    private static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}

package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A state on its way to another: a thousand changes copy it once and not a thousand times.
final class StateDraft {
    private final Map<String, Node> nodes;
    private final Map<String, Namespace> namespaces;
    private final Map<NamespacedName, Pod> pods;
    private final Map<NamespacedName, Service> services;
    private final Map<NamespacedName, NetworkPolicy> policies;
    private final Map<String, ExternalHost> hosts;

    StateDraft(ClusterState from) {
        nodes = from.nodes();
        namespaces = new TreeMap<>(from.namespaces());
        pods = new TreeMap<>(from.pods());
        services = new TreeMap<>(from.services());
        policies = new TreeMap<>(from.policies());
        hosts = new TreeMap<>(from.hosts());
    }

    ClusterState state() {
        return new ClusterState(nodes, namespaces, pods, services, policies, hosts);
    }

    /// @throws IllegalArgumentException if the change does not fit; then this draft is of no use any more
    void apply(Change change) {
        switch (change) {
            case Change.ApplyNamespace(var namespace) -> namespaces.put(namespace.name(), namespace);
            case Change.DeleteNamespace(var name) -> deleteNamespace(name);
            case Change.StartPod(var pod) -> startPod(pod);
            case Change.StopPod(var name) -> pods.remove(present(pods, "pod", name));
            case Change.ApplyService(var service) -> services.put(inNamespace(service.name()), service);
            case Change.DeleteService(var name) -> services.remove(present(services, "service", name));
            case Change.ApplyPolicy(var policy) -> policies.put(inNamespace(policy.name()), defaulted(policy));
            case Change.DeletePolicy(var name) -> policies.remove(present(policies, "policy", name));
            case Change.RelabelPod(var name, var labels) ->
                pods.computeIfPresent(present(pods, "pod", name), (_, pod) -> pod.withLabels(labels));
            case Change.RelabelNamespace(var name, var labels) ->
                namespaces.put(present(namespaces, "namespace", name), new Namespace(name, labels));
            case Change.AddHost(var host) -> hosts.put(host.name(), host);
        }
    }

    /// The types of `SetDefaults_NetworkPolicy`, or those of the policy that this one updates.
    private NetworkPolicy defaulted(NetworkPolicy policy) {
        if (!policy.types().isEmpty()) return policy;
        var existing = policies.get(policy.name());
        if (existing != null) return policy.withTypes(existing.types());
        Set<Direction> types = policy.egress().isEmpty() ? EnumSet.of(Direction.INGRESS) : EnumSet.allOf(Direction.class);
        return policy.withTypes(types);
    }

    private void startPod(Pod pod) {
        if (pods.containsKey(pod.name())) throw new IllegalArgumentException("pod %s is there already".formatted(pod.name()));
        pods.put(inNamespace(pod.name()), pod);
    }

    private void deleteNamespace(String name) {
        namespaces.remove(present(namespaces, "namespace", name));
        pods.keySet().removeIf(pod -> pod.namespace().equals(name));
        services.keySet().removeIf(service -> service.namespace().equals(name));
        policies.keySet().removeIf(policy -> policy.namespace().equals(name));
    }

    private NamespacedName inNamespace(NamespacedName name) {
        present(namespaces, "namespace", name.namespace());
        return name;
    }

    private static <K, V> K present(Map<K, V> map, String kind, K key) {
        if (!map.containsKey(key))
            throw new IllegalArgumentException("there is no %s \"%s\"; there are: %s".formatted(kind, key,
                map.isEmpty() ? "none" : String.join(", ", map.keySet().stream().map(Object::toString).toList())));
        return key;
    }
}

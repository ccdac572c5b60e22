package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A state on its way to another: a thousand changes copy it once and not a thousand times.
final class StateDraft {
    private final Map<String, Node> nodes;
    private final Draft<String, Namespace> namespaces;
    private final Draft<NamespacedName, Pod> pods;
    private final Draft<NamespacedName, Service> services;
    private final Draft<NamespacedName, NetworkPolicy> policies;
    private final Draft<String, ExternalHost> hosts;

    /// A map that is copied when it is first written to.
    private static final class Draft<K extends Comparable<K>, V> {
        private Map<K, V> map;
        private boolean copied;

        Draft(Map<K, V> from) {
            map = from;
        }

        Map<K, V> read() {
            return map;
        }

        Map<K, V> write() {
            if (!copied) map = new TreeMap<>(map);
            copied = true;
            return map;
        }
    }

    StateDraft(ClusterState from) {
        nodes = from.nodes();
        namespaces = new Draft<>(from.namespaces());
        pods = new Draft<>(from.pods());
        services = new Draft<>(from.services());
        policies = new Draft<>(from.policies());
        hosts = new Draft<>(from.hosts());
    }

    ClusterState state() {
        return new ClusterState(nodes, namespaces.read(), pods.read(), services.read(), policies.read(), hosts.read());
    }

    /// @throws IllegalArgumentException if the change does not fit; then this draft is of no use any more
    void apply(Change change) {
        switch (change) {
            case Change.ApplyNamespace(var namespace) -> namespaces.write().put(namespace.name(), namespace);
            case Change.DeleteNamespace(var name) -> deleteNamespace(name);
            case Change.StartPod(var pod) -> startPod(pod);
            case Change.StopPod(var name) -> pods.write().remove(present(pods.read(), "pod", name));
            case Change.ApplyService(var service) -> services.write().put(inNamespace(service.name()), service);
            case Change.DeleteService(var name) -> services.write().remove(present(services.read(), "service", name));
            case Change.ApplyPolicy(var policy) -> policies.write().put(inNamespace(policy.name()), defaulted(policy));
            case Change.DeletePolicy(var name) -> policies.write().remove(present(policies.read(), "policy", name));
            case Change.RelabelPod(var name, var labels) ->
                pods.write().computeIfPresent(present(pods.read(), "pod", name), (_, pod) -> pod.withLabels(labels));
            case Change.RelabelNamespace(var name, var labels) ->
                namespaces.write().put(present(namespaces.read(), "namespace", name), new Namespace(name, labels));
            case Change.AddHost(var host) -> hosts.write().put(host.name(), host);
        }
    }

    /// The types of `SetDefaults_NetworkPolicy`, or those of the policy that this one updates.
    private NetworkPolicy defaulted(NetworkPolicy policy) {
        if (!policy.types().isEmpty()) return policy;
        var existing = policies.read().get(policy.name());
        if (existing != null) return policy.withTypes(existing.types());
        Set<Direction> types = policy.egress().isEmpty() ? EnumSet.of(Direction.INGRESS) : EnumSet.allOf(Direction.class);
        return policy.withTypes(types);
    }

    private void startPod(Pod pod) {
        if (pods.read().containsKey(pod.name())) throw new IllegalArgumentException("pod %s is there already".formatted(pod.name()));
        pods.write().put(inNamespace(pod.name()), pod);
    }

    private void deleteNamespace(String name) {
        namespaces.write().remove(present(namespaces.read(), "namespace", name));
        pods.write().keySet().removeIf(pod -> pod.namespace().equals(name));
        services.write().keySet().removeIf(service -> service.namespace().equals(name));
        policies.write().keySet().removeIf(policy -> policy.namespace().equals(name));
    }

    private NamespacedName inNamespace(NamespacedName name) {
        present(namespaces.read(), "namespace", name.namespace());
        return name;
    }

    private static <K, V> K present(Map<K, V> map, String kind, K key) {
        if (!map.containsKey(key))
            throw new IllegalArgumentException("there is no %s \"%s\"; there are: %s".formatted(kind, key,
                map.isEmpty() ? "none" : String.join(", ", map.keySet().stream().map(Object::toString).toList())));
        return key;
    }
}

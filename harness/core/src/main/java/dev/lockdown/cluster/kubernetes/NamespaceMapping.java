package dev.lockdown.cluster.kubernetes;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.Namespace;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Translates the names of namespaces in features to those in the cluster, where the user has mapped them.
///
/// @param mapping only those whose names differ, by the features' name
record NamespaceMapping(Map<String, String> mapping) {
    NamespaceMapping {
        mapping = Map.copyOf(mapping);
    }

    /// The features' names, by those in the cluster.
    Map<String, String> back() {
        return mapping.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (one, _) -> one));
    }

    String namespace(String name) {
        return mapping.getOrDefault(name, name);
    }

    NamespacedName name(NamespacedName name) {
        return new NamespacedName(namespace(name.namespace()), name.name());
    }

    /// A selector of namespaces that names them by `kubernetes.io/metadata.name`, with the names in the cluster.
    LabelSelector translated(LabelSelector selector) {
        if (mapping.isEmpty()) return selector;
        var labels = new HashMap<>(selector.matchLabels());
        labels.computeIfPresent(Namespace.NAME_LABEL, (_, name) -> namespace(name));
        var expressions = selector.matchExpressions().stream().map(r -> r.key().equals(Namespace.NAME_LABEL)
            ? new Requirement(r.key(), r.operator(), r.values().stream().map(this::namespace).toList()) : r).toList();
        return new LabelSelector(labels, expressions);
    }

    /// A DNS name whose Service is in a mapped namespace.
    String dns(String name) {
        var labels = name.split("\\.", -1);
        if (mapping.isEmpty() || labels.length < 2) return name;
        if (labels.length == 2 || labels[2].equals("svc")) labels[1] = namespace(labels[1]);
        return String.join(".", labels);
    }
}

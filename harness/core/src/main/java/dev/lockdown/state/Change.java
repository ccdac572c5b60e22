package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// One edit of the cluster's state. `Apply…` creates, or updates what is there.
public sealed interface Change {

    record ApplyNamespace(Namespace namespace) implements Change {}

    record DeleteNamespace(String name) implements Change {}

    record StartPod(Pod pod) implements Change {}

    record StopPod(NamespacedName name) implements Change {}

    record ApplyService(Service service) implements Change {}

    record DeleteService(NamespacedName name) implements Change {}

    /// Create a policy, or update one as `kubectl apply` does: types that the manifest leaves out keep what creation gave.
    record ApplyPolicy(NetworkPolicy policy) implements Change {}

    record DeletePolicy(NamespacedName name) implements Change {}

    /// @param labels all labels that the pod has afterwards
    record RelabelPod(NamespacedName name, Map<String, String> labels) implements Change {
        public RelabelPod {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }
    }

    /// @param labels all labels that the namespace has afterwards, besides `kubernetes.io/metadata.name`
    record RelabelNamespace(String name, Map<String, String> labels) implements Change {
        public RelabelNamespace {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }
    }

    record AddHost(ExternalHost host) implements Change {}

    /// What it changes: `NetworkPolicy shop/deny-all`.
    default String object() {
        return switch (this) {
            case ApplyNamespace(var namespace) -> "Namespace " + namespace.name();
            case DeleteNamespace(var name) -> "Namespace " + name;
            case RelabelNamespace(var name, _) -> "Namespace " + name;
            case StartPod(var pod) -> "Pod " + pod.name();
            case StopPod(var name) -> "Pod " + name;
            case RelabelPod(var name, _) -> "Pod " + name;
            case ApplyService(var service) -> "Service " + service.name();
            case DeleteService(var name) -> "Service " + name;
            case ApplyPolicy(var policy) -> "NetworkPolicy " + policy.name();
            case DeletePolicy(var name) -> "NetworkPolicy " + name;
            case AddHost(var host) -> "host " + host.name();
        };
    }
}

package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A running pod.
///
/// @param node the node that it must run on, or empty where the scheduler may choose
public record Pod(NamespacedName name, Map<String, String> labels, List<ContainerPort> ports, String node, boolean hostNetwork) {
    public Pod {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        ports = List.copyOf(ports);
    }

    public Pod withLabels(Map<String, String> other) {
        return new Pod(name, other, ports, node, hostNetwork);
    }

    public Pod onNode(String other) {
        return new Pod(name, labels, ports, other, hostNetwork);
    }
}

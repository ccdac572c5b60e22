package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A Service.
///
/// @param selector the labels of its pods; empty selects none
public record Service(NamespacedName name, Map<String, String> labels, Map<String, String> selector, List<ServicePort> ports, Type type) {
    public Service {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        selector = Collections.unmodifiableMap(new TreeMap<>(selector));
        ports = List.copyOf(ports);
    }

    public enum Type {
        CLUSTER_IP, HEADLESS, NODE_PORT
    }

    /// @param name may be empty when it is the only one
    /// @param nodePort 0 where there is none
    public record ServicePort(String name, Port port, TargetPort target, int nodePort) {}

    public sealed interface TargetPort {
        record Number(int number) implements TargetPort {}

        /// Resolved for each pod on its own, by name and protocol.
        record Name(String name) implements TargetPort {}
    }
}

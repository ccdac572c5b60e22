package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A Service.
///
/// @param selector the labels of its pods; empty selects none
/// @param endpoints what answers for one without a selector
/// @param externalName the name that one of type ExternalName is an alias of, without a dot at its end; empty for all others
public record Service(NamespacedName name, Map<String, String> labels, Map<String, String> selector, List<ServicePort> ports, Type type,
        List<GivenEndpoint> endpoints, String externalName) {
    public Service {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        selector = Collections.unmodifiableMap(new TreeMap<>(selector));
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    public Service(NamespacedName name, Map<String, String> labels, Map<String, String> selector, List<ServicePort> ports, Type type) {
        this(name, labels, selector, ports, type, List.of());
    }

    public Service(NamespacedName name, Map<String, String> labels, Map<String, String> selector, List<ServicePort> ports, Type type,
            List<GivenEndpoint> endpoints) {
        this(name, labels, selector, ports, type, endpoints, "");
    }

    /// A Service of type ExternalName, see [Alias].
    ///
    /// @param ports that it declares, which is of no consequence to anybody
    public static Service alias(NamespacedName name, Map<String, String> labels, List<ServicePort> ports, String externalName) {
        return new Service(name, labels, Map.of(), ports, Type.EXTERNAL_NAME, List.of(), externalName.replaceFirst("\\.$", ""));
    }

    public Service withEndpoints(List<GivenEndpoint> given) {
        return new Service(name, labels, selector, ports, type, given, externalName);
    }

    public boolean isAlias() {
        return type == Type.EXTERNAL_NAME;
    }

    /// Give the endpoints of one of its ports: those whose port has the same name and protocol.
    public List<GivenEndpoint> endpointsOf(ServicePort port) {
        return endpoints.stream().filter(e -> e.portName().equals(port.name()) && e.protocol() == port.port().protocol()).toList();
    }

    /// An address and port that somebody wrote down as an endpoint (EndpointSlice or Endpoints).
    ///
    /// @param portName of the Service's port that it serves; may be empty when that is the only one
    /// @param address an IPv4 or IPv6 literal
    public record GivenEndpoint(String portName, Protocol protocol, String address, int port) {}

    public enum Type {
        CLUSTER_IP, HEADLESS, NODE_PORT, EXTERNAL_NAME
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

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
/// @param outside how it is reached from outside the cluster, where its type has it reached from there
/// @param externalName the name that one of type ExternalName is an alias of, without a dot at its end; empty for all others
public record Service(NamespacedName name, Map<String, String> labels, Map<String, String> selector, List<ServicePort> ports, Type type,
        List<GivenEndpoint> endpoints, String externalName, Outside outside) {
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
        this(name, labels, selector, ports, type, endpoints, "", Outside.USUAL);
    }

    /// A Service of type ExternalName, see [Alias].
    ///
    /// @param ports that it declares, which is of no consequence to anybody
    public static Service alias(NamespacedName name, Map<String, String> labels, List<ServicePort> ports, String externalName) {
        return new Service(name, labels, Map.of(), ports, Type.EXTERNAL_NAME, List.of(), externalName.replaceFirst("\\.$", ""),
            Outside.USUAL);
    }

    public Service withEndpoints(List<GivenEndpoint> given) {
        return new Service(name, labels, selector, ports, type, given, externalName, outside);
    }

    public Service withPorts(List<ServicePort> given) {
        return new Service(name, labels, selector, given, type, endpoints, externalName, outside);
    }

    public Service withOutside(Outside given) {
        return new Service(name, labels, selector, ports, type, endpoints, externalName, given);
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
        CLUSTER_IP, HEADLESS, NODE_PORT, LOAD_BALANCER, EXTERNAL_NAME;

        /// Whether every node serves its ports under numbers of its own; a load balancer is a way to them.
        public boolean hasNodePorts() {
            return this == NODE_PORT || this == LOAD_BALANCER;
        }
    }

    /// `externalTrafficPolicy`: to which pods a node leads what comes by a node port or from a load balancer.
    public enum TrafficPolicy {
        /// To all of them, under the node's own address.
        CLUSTER("Cluster"),
        /// To those of its own, under the client's address; where there is none, it is dropped.
        LOCAL("Local");

        private final String word;

        TrafficPolicy(String word) {
            this.word = word;
        }

        /// As manifests spell it.
        public String word() {
            return word;
        }
    }

    /// How a Service is reached from outside the cluster.
    ///
    /// @param proxied whether the load balancer's address is the balancer's alone (`ipMode: Proxy`, KEP-1860): then pods that dial it leave the
    ///     cluster and come back by it. Else the nodes take it for their own (`VIP`)
    public record Outside(TrafficPolicy trafficPolicy, boolean proxied) {
        /// What the API takes where nothing is said.
        public static final Outside USUAL = new Outside(TrafficPolicy.CLUSTER, false);

        public boolean isLocal() {
            return trafficPolicy == TrafficPolicy.LOCAL;
        }
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

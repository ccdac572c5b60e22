package dev.lockdown.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.GivenEndpoint;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.Type;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A Service whose endpoints somebody wrote down")
class GivenEndpointsTest {
    private static final Port PORT = Port.parse("TCP/5432");
    private static final NamespacedName APP = new NamespacedName("shop", "app");
    private static final NamespacedName OTHER = new NamespacedName("shop", "other");

    @Test
    void leads_to_their_addresses_and_ports() {
        assertThat(explain(Type.CLUSTER_IP, "203.0.113.40").resolvedFlows()).singleElement().satisfies(r -> {
            assertThat(r.destination()).isEqualTo("203.0.113.40");
            assertThat(r.port()).isEqualTo(Port.parse("TCP/15432"));
        });
        assertThat(explain(Type.CLUSTER_IP, "203.0.113.40").expectation()).isInstanceOf(Expectation.Denied.class);
        assertThat(explain(Type.HEADLESS, "198.51.100.9").expectation()).isInstanceOf(Expectation.Allowed.class);
    }

    @Test
    void leads_to_whoever_has_the_address() {
        assertThat(destination("203.0.113.7")).isEqualTo("host:db.example");
        assertThat(destination("10.42.0.9")).isEqualTo("shop/other");
        assertThat(destination("10.0.0.1")).isEqualTo("node:node-1");
    }

    @Test
    void that_is_headless_leads_to_the_port_that_is_dialled() {
        assertThat(explain(Type.HEADLESS, "203.0.113.40").resolvedFlows()).singleElement()
            .satisfies(r -> assertThat(r.port()).isEqualTo(PORT));
    }

    @Test
    void has_no_endpoints_of_another_family_or_name() {
        assertThat(explain(Type.CLUSTER_IP, "2001:db8::7").resolvedFlows()).isEmpty();
        assertThat(explain(Type.HEADLESS, "2001:db8::7").resolvedFlows()).isEmpty();
    }

    private static String destination(String address) {
        return explain(Type.CLUSTER_IP, address).resolvedFlows().getFirst().destination();
    }

    /// The app may send to 198.51.100.0/24 alone.
    private static Explanation explain(Type type, String address) {
        var service = new Service(new NamespacedName("shop", "db"), Map.of(), Map.of(),
            List.of(new ServicePort("pg", PORT, new TargetPort.Number(5432), 0)), type,
            List.of(new GivenEndpoint("pg", Protocol.TCP, address, 15432), new GivenEndpoint("pg", Protocol.UDP, "203.0.113.99", 1)));
        if (type == Type.HEADLESS) service = service.withEndpoints(service.endpoints().subList(0, 1));
        var policy =
            new NetworkPolicy(new NamespacedName("shop", "out"), LabelSelector.labels(Map.of("app", "a")), Set.of(Direction.EGRESS),
                List.of(), List.of(new NetworkPolicy.Rule(
                    List.of(new NetworkPolicy.Peer.IpBlock(Cidr.parse("198.51.100.0/24"), List.of())), List.of())));
        var state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()))).after(List.of(
            new Change.ApplyNamespace(new Namespace("shop", Map.of())),
            new Change.StartPod(new Pod(APP, Map.of("app", "a"), List.of(), "", false)),
            new Change.StartPod(new Pod(OTHER, Map.of(), List.of(), "", false)), new Change.ApplyService(service),
            new Change.AddHost(new ExternalHost("db.example", List.of(), List.of("203.0.113.7"))), new Change.ApplyPolicy(policy)));
        var addresses = new Addresses(Map.of(new Endpoint.Pod(APP), List.of(InetAddress.ofLiteral("10.42.0.2")), new Endpoint.Pod(OTHER),
            List.of(InetAddress.ofLiteral("10.42.0.9")), new Endpoint.Node("node-1"), List.of(InetAddress.ofLiteral("10.0.0.1")),
            new Endpoint.Service(service.name()),
            List.of(InetAddress.ofLiteral("10.96.0.5"))));
        return new Oracle(state, addresses).explain(Flow.of(new Endpoint.Pod(APP), new Endpoint.Service(service.name()), PORT));
    }
}

package dev.lockdown.cluster.embedded.proxy;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.block;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;

import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.embedded.netpol.DialResult;
import dev.lockdown.cluster.embedded.netpol.Policies;
import dev.lockdown.cluster.embedded.netpol.FirewallFixture;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Change;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.TrafficPolicy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("A Service")
class ServiceProxyTest {
    private static final InetAddress IP = InetAddress.ofLiteral("10.43.0.7");
    private static final InetAddress IP6 = InetAddress.ofLiteral("fd43::7");
    private static final InetAddress BALANCER = InetAddress.ofLiteral("172.18.255.1");
    private static final Port SERVED = Port.parse("TCP/80");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FirewallFixture cluster = new FirewallFixture().namespace("shop", "")
        .with("shop/web", "node-1", "app=web", "TCP/80")
        .with("shop/api-1", "node-1", "app=api", "http=TCP/8080 dns=UDP/5353")
        .with("shop/api-2", "node-2", "app=api", "http=TCP/8081 dns=UDP/5353");

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void has_every_backend_answer_in_turn_by_its_own_named_port() {
        apply("api", "app=api", port("TCP/80", "http"));

        assertThat(IntStream.range(0, 4).mapToObj(_ -> dial("shop/web").by())).containsExactly("shop/api-1", "shop/api-2", "shop/api-1",
            "shop/api-2");
    }

    @Test
    void keeps_the_clients_address() {
        apply("api", "app=api", port("TCP/80", "http"));

        assertThat(dial("shop/web").sourceSeen()).isEqualTo(cluster.address("shop/web", Family.IPV4).getHostAddress());
    }

    @Test
    void leaves_out_pods_without_its_target_port() {
        cluster.with("shop/api-3", "node-2", "app=api", "other=TCP/80");
        apply("api", "app=api", port("TCP/80", "http"));

        assertThat(IntStream.range(0, 4).mapToObj(_ -> dial("shop/web").result())).containsOnly("open");
    }

    @Test
    void goes_to_a_numbered_port() {
        apply("api", "app=api", port("TCP/80", 8080));

        assertThat(dial("shop/web").by()).isEqualTo("shop/api-1");
    }

    @Test
    void serves_udp() {
        apply("dns", "app=api", port("UDP/53", "dns"));

        assertThat(cluster.dial("shop/web", IP, Port.parse("UDP/53")).result()).isEqualTo("open");
    }

    @Test
    void serves_ipv6() {
        apply("api", "app=api", port("TCP/80", "http"));

        assertThat(IntStream.range(0, 2).mapToObj(_ -> cluster.dial("shop/web", IP6, SERVED).by())).containsExactly("shop/api-1",
            "shop/api-2");
    }

    @Test
    void is_there_for_nodes_too() {
        apply("api", "app=api", port("TCP/80", "http"));

        assertThat(List.of(dial("node-1").result(), dial("node-2").result())).containsOnly("open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.43.0.7", "fd43::7"})
    void leads_a_pod_back_to_itself_under_its_nodes_address(String address) {
        apply("web", "app=web", port("TCP/80", 80));
        var family = address.contains(":") ? Family.IPV6 : Family.IPV4;

        assertThat(cluster.dial("shop/web", InetAddress.ofLiteral(address), SERVED))
            .isEqualTo(new DialResult("open", "shop/web", cluster.address("node-1", family).getHostAddress(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"shop/web, 10.43.0.7, TCP/80", "shop/web, fd43::7, TCP/80", "shop/web, 10.43.0.7, UDP/53", "node-1, 10.43.0.7, TCP/80"})
    void is_refused_without_a_backend(String from, String address, String port) {
        cluster.listeners.bePatient(PATIENCE);
        apply("nobody", "app=nobody", port("TCP/80", 80), port("UDP/53", 53));

        assertThat(cluster.dial(from, InetAddress.ofLiteral(address), Port.parse(port)).result()).isEqualTo("refused");
    }

    @Test
    void gets_its_first_backend() {
        apply("late", "app=late", port("TCP/80", 80));
        cluster.with("shop/late", "node-2", "app=late", "TCP/80");

        assertThat(dial("shop/web").by()).isEqualTo("shop/late");
    }

    @Test
    void loses_its_last_backend() {
        cluster.listeners.bePatient(PATIENCE);
        apply("web", "app=web", port("TCP/80", 80));
        cluster.change(new Change.RelabelPod(NamespacedName.parse("shop/web"), Map.of()));

        assertThat(dial("shop/api-1").result()).isEqualTo("refused");
    }

    @Test
    void is_gone_when_it_is_deleted() {
        apply("web", "app=web", port("TCP/80", 80));
        cluster.change(new Change.DeleteService(NamespacedName.parse("shop/web")));

        assertThat(dial("shop/api-1").result()).isEqualTo("silent");
    }

    @Test
    void goes_to_the_endpoints_that_were_handed_over() {
        cluster.listeners.open(cluster.namespace("node-1"), "the API", Port.parse("TCP/6443"));
        cluster.clusterIp("default/kubernetes", "10.43.0.1");
        cluster.change(new Change.ApplyService(new Service(NamespacedName.parse("default/kubernetes"), Map.of(), Map.of(),
            List.of(port("TCP/443", 6443)), Service.Type.CLUSTER_IP)));

        assertThat(List.of("shop/web", "shop/api-2"))
            .allMatch(pod -> cluster.dial(pod, InetAddress.ofLiteral("10.43.0.1"), Port.parse("TCP/443")).by().equals("the API"));
    }

    @Test
    void is_judged_by_its_backends_address() {
        apply("api", "app=api", port("TCP/80", "http"));
        cluster.change(policy("shop/out", "app=web", EGRESS, rule(block("10.43.0.7/32"))));
        var clusterIp = dial("shop/web").drops();

        cluster.change(policy("shop/out", "app=web", EGRESS, rule(pods("app=api"), Policies.port("TCP/http"))));

        assertThat(clusterIp).containsExactly("node-1: egress of shop/web");
        assertThat(dial("shop/web").result()).isEqualTo("open");
    }

    @ParameterizedTest
    @CsvSource({"shop/web, node-1", "shop/web, node-2", "node-1, node-1", "node-1, node-2", "internet, node-2"})
    void is_reached_by_its_node_port_under_the_nodes_address(String from, String node) {
        apply("web", "app=web", nodePort("TCP/80", 80, 30080));

        var dial = cluster.dial(from, node, "TCP/30080");
        assertThat(List.of(dial.by(), dial.sourceSeen())).containsExactly("shop/web", cluster.address(node, Family.IPV4).getHostAddress());
    }

    @Test
    void is_reached_by_its_node_port_over_ipv6() {
        apply("web", "app=web", nodePort("TCP/80", 80, 30080));

        assertThat(cluster.dial("shop/api-1", "node-2", "TCP/30080", Family.IPV6).by()).isEqualTo("shop/web");
    }

    @Test
    void is_refused_at_its_node_port_without_a_backend() {
        cluster.listeners.bePatient(PATIENCE);
        apply("nobody", "app=nobody", nodePort("TCP/80", 80, 30080));

        assertThat(
            List.of(cluster.dial("shop/web", "node-1", "TCP/30080").result(), cluster.dial("internet", "node-2", "TCP/30080").result()))
            .containsOnly("refused");
    }

    @Test
    void does_not_hide_who_reaches_the_outside() {
        cluster.wiring.addHost("partner", List.of(InetAddress.ofLiteral("203.0.113.7"), InetAddress.ofLiteral("2001:db8::7")));
        cluster.listeners.open(cluster.wiring.internet(), "partner", SERVED);

        assertThat(List.of("203.0.113.7", "2001:db8::7")).map(a -> cluster.dial("shop/web", InetAddress.ofLiteral(a), SERVED).sourceSeen())
            .containsExactly(cluster.address("node-1", Family.IPV4).getHostAddress(),
                cluster.address("node-1", Family.IPV6).getHostAddress());
    }

    @ParameterizedTest
    @CsvSource({"internet, node-1", "shop/web, node-1", "shop/api-2, node-2", "node-2, node-2"})
    void is_reached_by_its_balancer_under_a_nodes_address_where_the_policy_is_Cluster(String from, String node) {
        balance(TrafficPolicy.CLUSTER, "app=api");

        assertThat(List.of(1, 2)).allSatisfy(_ -> {
            var dial = cluster.dial(from, BALANCER, SERVED);
            assertThat(dial.by()).startsWith("shop/api-");
            if (!dial.by().equals(from)) assertThat(dial.sourceSeen()).isEqualTo(cluster.address(node, Family.IPV4).getHostAddress());
        });
    }

    @Test
    void leads_to_the_nodes_own_backend_under_the_clients_address_where_the_policy_is_Local() {
        balance(TrafficPolicy.LOCAL, "app=api");

        assertThat(IntStream.range(0, 4).mapToObj(_ -> cluster.dial("internet", BALANCER, SERVED))).allSatisfy(dial -> {
            assertThat(dial.by()).isEqualTo("shop/api-1");
            assertThat(dial.sourceSeen()).startsWith("203.0.113.");
        });
        assertThat(cluster.dial("internet", "node-2", "TCP/30080").by()).isEqualTo("shop/api-2");
    }

    @Test
    void leads_pods_and_nodes_that_dial_its_balancer_to_every_backend_where_the_policy_is_Local() {
        balance(TrafficPolicy.LOCAL, "app=api");

        assertThat(IntStream.range(0, 2).mapToObj(_ -> cluster.dial("shop/web", BALANCER, SERVED).by())).containsExactly("shop/api-1",
            "shop/api-2");
        assertThat(cluster.dial("shop/web", BALANCER, SERVED).sourceSeen())
            .isEqualTo(cluster.address("shop/web", Family.IPV4).getHostAddress());
        assertThat(IntStream.range(0, 2).mapToObj(_ -> cluster.dial("node-1", BALANCER, SERVED).by())).contains("shop/api-2");
    }

    @Test
    void is_dropped_by_a_node_without_a_backend_where_the_policy_is_Local() {
        balance(TrafficPolicy.LOCAL, "app=web");

        var dropped = cluster.dial("internet", "node-2", "TCP/30080");
        assertThat(dropped.result()).isEqualTo("silent");
        assertThat(dropped.drops()).hasSize(1);
        assertThat(cluster.dial("internet", "node-1", "TCP/30080").by()).isEqualTo("shop/web");
        assertThat(ServiceProxy.rule(ServiceProxy.NO_LOCAL_ENDPOINT)).isPresent();
    }

    @Test
    void is_refused_at_its_balancer_without_a_backend() {
        cluster.listeners.bePatient(PATIENCE);
        balance(TrafficPolicy.LOCAL, "app=nobody");

        assertThat(cluster.dial("internet", BALANCER, SERVED).result()).isEqualTo("refused");
    }

    private void balance(TrafficPolicy policy, String selector) {
        cluster.clusterIp("shop/front", IP.getHostAddress(), IP6.getHostAddress());
        cluster.balancer("shop/front", BALANCER.getHostAddress());
        cluster.wiring.route(BALANCER, "node-1");
        int target = selector.equals("app=web") ? 80 : 8080;
        var to = selector.equals("app=api") ? new TargetPort.Name("http") : new TargetPort.Number(target);
        cluster.change(new Change.ApplyService(new Service(NamespacedName.parse("shop/front"), Map.of(), FirewallFixture.labels(selector),
            List.of(new ServicePort("http", SERVED, to, 30080)), Service.Type.LOAD_BALANCER)
            .withOutside(new Service.Outside(policy, false))));
    }

    private DialResult dial(String from) {
        return cluster.dial(from, IP, SERVED);
    }

    private void apply(String name, String selector, ServicePort... ports) {
        cluster.clusterIp("shop/" + name, IP.getHostAddress(), IP6.getHostAddress());
        var type = ports[0].nodePort() == 0 ? Service.Type.CLUSTER_IP : Service.Type.NODE_PORT;
        cluster.change(new Change.ApplyService(
            new Service(NamespacedName.parse("shop/" + name), Map.of(), FirewallFixture.labels(selector), List.of(ports), type)));
    }

    private static ServicePort port(String port, String target) {
        return new ServicePort(target, Port.parse(port), new TargetPort.Name(target), 0);
    }

    private static ServicePort port(String port, int target) {
        return nodePort(port, target, 0);
    }

    private static ServicePort nodePort(String port, int target, int nodePort) {
        return new ServicePort("p" + target, Port.parse(port), new TargetPort.Number(target), nodePort);
    }
}

package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.deny;
import static dev.lockdown.cluster.embedded.netpol.Policies.everybody;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static dev.lockdown.cluster.embedded.netpol.Policies.port;
import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static dev.lockdown.cluster.embedded.netpol.SctpPackets.INIT;
import static dev.lockdown.cluster.embedded.netpol.SctpPackets.INIT_ACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.embedded.netpol.SctpPackets.Packet;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Change;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Also where the kernel has no sockets of SCTP.
@NamespacesAvailable
@DisplayName("Packets of SCTP")
class FirewallSctpTest {
    private static final int CLIENT = 40_000;

    private final FirewallFixture cluster = new FirewallFixture().namespace("shop", "").with("shop/web", "node-1", "app=web", "")
        .with("shop/api", "node-2", "app=api", "signal=SCTP/80");

    @AfterEach
    void close() {
        cluster.close();
    }

    private SctpPackets at(String pod, Family family) {
        return cluster.thread.in(cluster.namespace(pod), () -> new SctpPackets(cluster.address(pod, family)));
    }

    /// The ports of some at which a first packet arrives.
    private String open(Family family) {
        try (var web = at("shop/web", family); var api = at("shop/api", family)) {
            return Stream.of(79, 80, 85, 91).filter(port -> {
                web.send(INIT, CLIENT + port, cluster.address("shop/api", family), port);
                var came = api.receive();
                return came != null && came.equals(new Packet(CLIENT + port, port, INIT, true));
            }).map(String::valueOf).collect(Collectors.joining(" "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pass_where_no_policy_is(Family family) {
        assertThat(open(family)).isEqualTo("79 80 85 91");
    }

    @ParameterizedTest
    @CsvSource({"SCTP/80, 80", "SCTP/80-90, 80 85", "SCTP/*, 79 80 85 91", "SCTP/signal, 80", "TCP/80, ''", "TCP/*, ''", "UDP/80-90, ''",
        "SCTP/nobody, ''"})
    void are_admitted_by_their_own_ports_alone(String port, String expected) {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port(port))));
        assertThat(open(Family.IPV4)).isEqualTo(expected);
        assertThat(open(Family.IPV6)).isEqualTo(expected);
    }

    @Test
    void are_let_out_by_their_own_ports_alone() {
        cluster.change(policy("shop/out", "app=web", EGRESS, everybody(port("SCTP/85"), port("TCP/80"))));
        assertThat(open(Family.IPV4)).isEqualTo("85");
    }

    @Test
    void are_reported_when_they_are_dropped() {
        cluster.change(deny("shop/deny", INGRESS));
        cluster.drops();
        assertThat(open(Family.IPV4)).isEmpty();
        assertThat(cluster.drops()).containsExactly("node-2: ingress of shop/api");
    }

    @Test
    void are_answered_through_a_policy_that_denies_what_comes_unasked() {
        cluster.change(deny("shop/deny", INGRESS), policy("shop/in", "app=api", INGRESS, everybody(port("SCTP/80"))));
        try (var web = at("shop/web", Family.IPV4); var api = at("shop/api", Family.IPV4)) {
            var there = cluster.address("shop/web", Family.IPV4);
            api.send(INIT_ACK, 80, there, CLIENT);
            assertThat(web.receive()).isNull();
            web.send(INIT, CLIENT, cluster.address("shop/api", Family.IPV4), 80);
            assertThat(api.receive()).isEqualTo(new Packet(CLIENT, 80, INIT, true));
            api.send(INIT_ACK, 80, there, CLIENT);
            assertThat(web.receive()).isEqualTo(new Packet(80, CLIENT, INIT_ACK, true));
        }
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 10.43.0.7", "IPV6, fd43::7"})
    void reach_a_pod_behind_a_service_and_come_back_from_it(Family family, String service) {
        cluster.clusterIp("shop/api", "10.43.0.7", "fd43::7");
        cluster.change(new Change.ApplyService(new Service(NamespacedName.parse("shop/api"), Map.of(), FirewallFixture.labels("app=api"),
            List.of(new ServicePort("signal", Port.parse("SCTP/9"), new TargetPort.Name("signal"), 0)), Service.Type.CLUSTER_IP)));
        try (var web = at("shop/web", family); var api = at("shop/api", family)) {
            web.send(INIT, CLIENT, InetAddress.ofLiteral(service), 9);
            assertThat(api.receive()).isEqualTo(new Packet(CLIENT, 80, INIT, true));
            api.send(INIT_ACK, 80, cluster.address("shop/web", family), CLIENT);
            assertThat(web.receive()).isEqualTo(new Packet(9, CLIENT, INIT_ACK, true));
        }
    }
}

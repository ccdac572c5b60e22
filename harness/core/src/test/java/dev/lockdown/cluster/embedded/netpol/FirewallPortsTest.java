package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.block;
import static dev.lockdown.cluster.embedded.netpol.Policies.blocks;
import static dev.lockdown.cluster.embedded.netpol.Policies.everybody;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static dev.lockdown.cluster.embedded.netpol.Policies.port;
import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("The firewall's ports")
class FirewallPortsTest {
    private static final String[] SERVED = {"TCP/79", "TCP/80", "TCP/85", "TCP/90", "TCP/91", "UDP/80", "UDP/85"};

    private final FirewallFixture cluster = new FirewallFixture().namespace("shop", "")
        .with("shop/web", "node-1", "app=web", "http=TCP/8080")
        .with("shop/api", "node-2", "app=api", "TCP/79 http=TCP/80 TCP/85 TCP/90 TCP/91 UDP/80 dns=UDP/85")
        .with("shop/api-2", "node-1", "app=api", "TCP/80 http=TCP/81");

    @AfterEach
    void close() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"TCP/80, TCP/80", "TCP/80-90, TCP/80 TCP/85 TCP/90", "TCP/*, TCP/79 TCP/80 TCP/85 TCP/90 TCP/91", "UDP/*, UDP/80 UDP/85",
        "UDP/80, UDP/80", "TCP/http, TCP/80", "UDP/dns, UDP/85", "TCP/dns, ''", "TCP/nobody, ''", "SCTP/80, ''", "UDP/80-84, UDP/80"})
    void admit_pods(String port, String expected) {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port(port))));

        assertThat(open()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"TCP/80, TCP/80", "TCP/80-90, TCP/80 TCP/85 TCP/90", "UDP/*, UDP/80 UDP/85", "TCP/http, TCP/80", "TCP/dns, ''"})
    void admit_everybody(String port, String expected) {
        cluster.change(policy("shop/in", "app=api", INGRESS, everybody(port(port))));

        assertThat(open()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"TCP/80, TCP/80", "TCP/80-90, TCP/80 TCP/85 TCP/90", "UDP/*, UDP/80 UDP/85", "TCP/http, TCP/80", "TCP/dns, ''"})
    void admit_blocks(String port, String expected) {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(block("10.42.0.0/21"), port(port))));

        assertThat(open()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"TCP/80 TCP/85, TCP/80 TCP/85", "TCP/79-80 TCP/80-85 UDP/80, TCP/79 TCP/80 TCP/85 UDP/80",
        "TCP/http TCP/90 UDP/dns, TCP/80 TCP/90 UDP/85",
        "TCP/* TCP/80 UDP/85, TCP/79 TCP/80 TCP/85 TCP/90 TCP/91 UDP/85", "TCP/dns TCP/91, TCP/91"})
    void admit_several_blocks_and_ports(String ports, String expected) {
        var wanted = Stream.of(ports.split(" ")).map(Policies::port).toArray(PolicyPort[]::new);

        cluster.change(
            policy("shop/in", "app=api", INGRESS, rule(blocks("192.0.2.0/24", "10.42.0.0/29", "10.42.0.8/29", "fd42::/64"), wanted)));

        assertThat(open()).isEqualTo(expected);
    }

    @Test
    void admit_more_pods_and_ports_than_are_multiplied() {
        for (int i = 0; i < 60; i++) cluster.with("shop/more-" + i, "node-1", "app=web", "");
        var wanted = IntStream.range(0, 100).mapToObj(i -> port("TCP/" + (80 + 5 * i))).toArray(PolicyPort[]::new);

        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), wanted)));

        assertThat(open()).isEqualTo("TCP/80 TCP/85 TCP/90");
    }

    @ParameterizedTest
    @CsvSource({"TCP/80, TCP/80", "TCP/80-90, TCP/80 TCP/85 TCP/90", "UDP/*, UDP/80 UDP/85", "TCP/http, TCP/80", "UDP/dns, UDP/85"})
    void let_out_to_pods(String port, String expected) {
        cluster.change(policy("shop/out", "app=web", EGRESS, rule(pods("app=api"), port(port))));

        assertThat(open()).isEqualTo(expected);
    }

    @Test
    void are_the_subjects_own_under_a_name_on_ingress() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/http"))));

        assertThat(Stream.of("TCP/80", "TCP/81").map(p -> cluster.results("shop/web", p, "shop/api-2"))).containsExactly("silent", "open");
    }

    @Test
    void are_each_destinations_own_under_a_name_on_egress() {
        for (List<Peer> peers : List.of(pods("app=api"), List.<Peer>of(), block("10.42.0.0/16"))) {
            cluster.change(policy("shop/out", "app=web", EGRESS, rule(peers, port("TCP/http"))));

            assertThat(List.of(cluster.results("shop/web", "TCP/80", "shop/api"), cluster.results("shop/web", "TCP/80", "shop/api-2"),
                cluster.results("shop/web", "TCP/81", "shop/api-2"))).as("to %s", peers).containsExactly("open", "silent", "open");
        }
    }

    @Test
    void go_with_the_peers_of_their_own_rule() {
        cluster
            .change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80")), rule(pods("app=nobody"), port("TCP/85"))));

        assertThat(open()).isEqualTo("TCP/80");
    }

    @Test
    void are_all_where_a_rule_has_none() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"))));

        assertThat(open()).isEqualTo(String.join(" ", SERVED));
    }

    /// The ports of `shop/api` that `shop/web` reaches.
    private String open() {
        return String.join(" ", Stream.of(SERVED).filter(p -> cluster.results("shop/web", p, "shop/api").equals("open")).toList());
    }
}

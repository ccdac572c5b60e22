package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.deny;
import static dev.lockdown.cluster.embedded.netpol.Policies.everybody;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static dev.lockdown.cluster.embedded.netpol.Policies.port;
import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("The firewall")
class FirewallTest {
    private final FirewallFixture cluster = new FirewallFixture().namespace("shop", "").namespace("other", "")
        .with("shop/web", "node-1", "app=web", "TCP/80 UDP/53")
        .with("shop/api", "node-2", "app=api", "TCP/80 UDP/53")
        .with("shop/db", "node-1", "app=db", "TCP/80")
        .with("other/web", "node-1", "app=web", "TCP/80");

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void lets_pods_reach_each_other_under_their_own_addresses_without_a_policy() {
        var own = cluster.address("shop/web", Family.IPV4).getHostAddress();

        assertThat(cluster.dial("shop/web", "shop/api", "TCP/80")).isEqualTo(new DialResult("open", "shop/api", own, List.of()));
    }

    @Test
    void isolates_the_pods_of_one_namespace_alone() {
        cluster.change(deny("shop/deny-all", INGRESS));

        assertThat(cluster.results("shop/web", "TCP/80", "shop/api", "shop/db", "other/web")).isEqualTo("silent, silent, open");
    }

    @Test
    void names_the_rule_that_dropped_a_packet_at_the_destinations_node() {
        cluster.change(deny("shop/deny-all", INGRESS));

        assertThat(cluster.dial("shop/web", "shop/api", "TCP/80").drops()).containsExactly("node-2: ingress of shop/api");
    }

    @Test
    void names_the_rule_that_dropped_a_packet_at_the_sources_node() {
        cluster.change(deny("shop/deny-all", EGRESS));

        assertThat(cluster.dial("shop/web", "shop/api", "TCP/80").drops()).containsExactly("node-1: egress of shop/web");
    }

    @Test
    void leaves_ingress_open_where_only_egress_is_denied() {
        cluster.change(deny("shop/deny-all", EGRESS));

        assertThat(cluster.results("other/web", "TCP/80", "shop/web", "shop/api")).isEqualTo("open, open");
    }

    @Test
    void needs_both_halves_where_both_directions_are_denied() {
        cluster.change(deny("shop/deny-all", EnumSet.allOf(dev.lockdown.state.Direction.class)),
            policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));
        var ingressAlone = cluster.dial("shop/web", "shop/api", "TCP/80").drops();

        cluster.change(policy("shop/out", "app=web", EGRESS, rule(pods("app=api"), port("TCP/80"))));

        assertThat(ingressAlone).containsExactly("node-1: egress of shop/web");
        assertThat(cluster.results("shop/web", "TCP/80", "shop/api")).isEqualTo("open");
    }

    @Test
    void lets_the_kubelet_reach_its_pods_and_no_other_node() {
        cluster.change(deny("shop/deny-all", INGRESS));

        assertThat(cluster.results("node-2", "TCP/80", "shop/api", "shop/db")).isEqualTo("open, silent");
    }

    @Test
    void denies_an_isolated_pod_its_own_node() {
        cluster.listeners.open(cluster.namespace("node-1"), "node-1", Port.parse("TCP/6443"));
        cluster.change(deny("shop/deny-all", EGRESS));

        assertThat(cluster.dial("shop/web", "node-1", "TCP/6443"))
            .isEqualTo(DialResult.unanswered("silent").withDrops(List.of("node-1: egress of shop/web")));
    }

    @Test
    void lets_a_pod_reach_its_own_address() {
        cluster.change(deny("shop/deny-all", EnumSet.allOf(dev.lockdown.state.Direction.class)));

        assertThat(cluster.results("shop/web", "TCP/80", "shop/web")).isEqualTo("open");
    }

    @Test
    void allows_the_union_of_policies() {
        cluster.change(policy("shop/from-web", "app=api", INGRESS, rule(pods("app=web"))),
            policy("shop/from-db", "app=api", INGRESS, rule(pods("app=db"))));

        assertThat(cluster.results("shop/web", "TCP/80", "shop/api") + ", " + cluster.results("shop/db", "TCP/80", "shop/api")
            + ", " + cluster.results("other/web", "TCP/80", "shop/api")).isEqualTo("open, open, silent");
    }

    @Test
    void denies_one_family_as_the_other() {
        cluster.change(policy("shop/from-web", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));

        assertThat(List.of(cluster.dial("shop/web", "shop/api", "TCP/80", Family.IPV6).result(),
            cluster.dial("shop/db", "shop/api", "TCP/80", Family.IPV6).result())).containsExactly("open", "silent");
    }

    @Test
    void names_the_rule_that_dropped_a_packet_of_ipv6() {
        cluster.change(deny("shop/deny-all", INGRESS));

        assertThat(cluster.dial("shop/web", "shop/api", "UDP/53", Family.IPV6).drops()).containsExactly("node-2: ingress of shop/api");
    }

    @Test
    void refuses_at_once_where_it_is_told_to_reject() {
        try (var rejecting = new FirewallFixture(Denial.REJECT, Established.SURVIVES).namespace("shop", "")
            .with("shop/web", "node-1", "", "").with("shop/api", "node-2", "", "TCP/80 UDP/53")) {
            rejecting.change(deny("shop/deny-all", INGRESS));

            assertThat(List.of(rejecting.dial("shop/web", "shop/api", "TCP/80"), rejecting.dial("shop/web", "shop/api", "UDP/53")))
                .containsOnly(DialResult.unanswered("refused").withDrops(List.of("node-2: ingress of shop/api")));
        }
    }

    @Test
    void opens_to_everybody_on_a_port() {
        cluster.change(policy("shop/open", "app=api", INGRESS, everybody(port("TCP/80"))));

        assertThat(
            List.of(cluster.dial("other/web", "shop/api", "TCP/80").result(), cluster.dial("other/web", "shop/api", "UDP/53").result()))
            .containsExactly("open", "silent");
    }
}

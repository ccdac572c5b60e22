package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.block;
import static dev.lockdown.cluster.embedded.netpol.Policies.deny;
import static dev.lockdown.cluster.embedded.netpol.Policies.namespaces;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.podsIn;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static dev.lockdown.cluster.embedded.netpol.Policies.port;
import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may reach `shop/api`, or what `shop/web` may reach: `x/a` is `app=a` in a namespace with `team=x`, and so on.
@NamespacesAvailable
@DisplayName("The firewall's peers")
class FirewallPeersTest {
    private final FirewallFixture cluster = new FirewallFixture().namespace("shop", "").namespace("x", "team=x").namespace("y", "team=y")
        .with("shop/api", "node-2", "app=api", "TCP/80").with("shop/web", "node-1", "app=web", "TCP/80")
        .with("x/a", "node-1", "app=a", "TCP/80").with("x/b", "node-2", "app=b tier=back", "TCP/80")
        .with("y/a", "node-1", "app=a", "TCP/80").with("y/b", "node-2", "app=b", "TCP/80");

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void are_pods_of_the_policys_own_namespace_by_their_labels() {
        allowIngress(pods("app=web"));

        assertThat(admitted()).containsExactly("shop/web");
    }

    @Test
    void are_all_pods_of_selected_namespaces() {
        allowIngress(namespaces("team=x"));

        assertThat(admitted()).containsExactly("x/a", "x/b");
    }

    @Test
    void must_match_both_selectors_of_one_entry() {
        allowIngress(podsIn("app=a", "team=x"));

        assertThat(admitted()).containsExactly("x/a");
    }

    @Test
    void may_match_either_of_two_entries() {
        allowIngress(Stream.concat(pods("app=web").stream(), namespaces("team=x").stream()).toList());

        assertThat(admitted()).containsExactly("shop/web", "x/a", "x/b");
    }

    @ParameterizedTest
    @CsvSource({"app!=a, shop/web x/b y/b", "tier, x/b", "!tier, shop/web x/a y/a y/b", "tier!=front, shop/web x/a x/b y/a y/b"})
    void match_expressions(String selector, String expected) {
        allowIngress(podsIn(selector, ""));

        assertThat(admitted()).containsExactly(expected.split(" "));
    }

    @Test
    void are_all_pods_where_both_selectors_are_empty() {
        allowIngress(podsIn("", ""));

        assertThat(admitted()).containsExactly("shop/web", "x/a", "x/b", "y/a", "y/b");
    }

    @Test
    void are_not_the_nodes_where_all_pods_are() {
        allowIngress(podsIn("", ""));

        assertThat(cluster.results("node-1", "TCP/80", "shop/api")).isEqualTo("silent");
    }

    @Test
    void are_not_pods_in_a_nodes_network() {
        cluster.startPod(new Pod(NamespacedName.parse("x/host"), Map.of("app", "host"), List.of(), "node-1", true));
        allowIngress(podsIn("app=host", ""));

        assertThat(cluster.results("x/host", "TCP/80", "shop/api")).isEqualTo("silent");
    }

    @Test
    void are_addresses_of_a_block_without_its_exceptions() {
        // node-1 has 10.42.0.0/21, its first pod .2; shop/web is the first, then x/a.
        allowIngress(block("10.42.0.0/16", "10.42.0.3/32", "10.42.8.0/21"));

        assertThat(admitted()).containsExactly("shop/web", "y/a");
    }

    @Test
    void are_everything_outside_but_private_addresses() {
        var metadata = InetAddress.ofLiteral("169.254.169.254");
        cluster.wiring.addHost("metadata", List.of(metadata));
        cluster.wiring.addHost("partner", List.of(InetAddress.ofLiteral("203.0.113.7")));
        cluster.listeners.open(cluster.wiring.internet(), "outside", Port.parse("TCP/443"));
        cluster.change(policy("shop/out", "app=web", EGRESS,
            rule(block("0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.169.254/32"))));

        assertThat(Stream.of("203.0.113.7", "169.254.169.254")
            .map(a -> cluster.dial("shop/web", InetAddress.ofLiteral(a), Port.parse("TCP/443")).result()))
            .containsExactly("open", "silent");
        assertThat(cluster.results("shop/web", "TCP/80", "shop/api")).isEqualTo("silent");
    }

    @Test
    void may_be_blocks_and_pods_that_overlap() {
        var overlapping =
            Stream.of(block("10.42.0.0/21"), block("10.42.0.0/16", "10.42.8.0/21"), pods(""), podsIn("", ""), block("0.0.0.0/1"))
                .flatMap(List::stream).toList();
        cluster.change(
            policy("shop/in", "app=api", INGRESS, rule(overlapping, port("TCP/80"), port("TCP/80-90"), port("TCP/*")), rule(overlapping)));

        assertThat(admitted()).containsExactly("shop/web", "x/a", "x/b", "y/a", "y/b");
    }

    @Test
    void limit_egress_to_selected_pods() {
        cluster.change(deny("shop/deny", EGRESS), policy("shop/out", "app=web", EGRESS, rule(podsIn("app=b", "team=x"))));

        assertThat(cluster.results("shop/web", "TCP/80", "x/a", "x/b", "y/b", "shop/api")).isEqualTo("silent, open, silent, silent");
    }

    private void allowIngress(List<Peer> peers) {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(peers, port("TCP/80"))));
    }

    private List<String> admitted() {
        return Stream.of("shop/web", "x/a", "x/b", "y/a", "y/b").filter(pod -> cluster.results(pod, "TCP/80", "shop/api").equals("open"))
            .toList();
    }
}

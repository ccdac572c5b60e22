package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.delete;
import static dev.lockdown.cluster.embedded.netpol.Policies.deny;
import static dev.lockdown.cluster.embedded.netpol.Policies.everybody;
import static dev.lockdown.cluster.embedded.netpol.Policies.namespaces;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static dev.lockdown.cluster.embedded.netpol.Policies.port;
import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("The firewall follows")
class FirewallChangesTest {
    private final FirewallFixture cluster = new FirewallFixture().namespace("shop", "").namespace("other", "team=x")
        .with("shop/web", "node-1", "app=web", "TCP/80")
        .with("shop/api", "node-2", "app=api", "TCP/80 TCP/81")
        .with("other/web", "node-1", "app=web", "TCP/80");

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_deleted_policy() {
        cluster.change(deny("shop/deny-all", INGRESS));
        cluster.change(delete("shop/deny-all"));

        assertThat(webToApi()).isEqualTo("open");
    }

    @Test
    void the_deletion_of_one_of_two_policies() {
        cluster.change(deny("shop/deny-all", INGRESS), policy("shop/open", "", INGRESS, everybody()));
        cluster.change(delete("shop/open"));

        assertThat(webToApi()).isEqualTo("silent");
    }

    @Test
    void an_updated_port() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/81"))));

        assertThat(webToApi() + ", " + cluster.results("shop/web", "TCP/81", "shop/api")).isEqualTo("silent, open");
    }

    @Test
    void an_updated_subject() {
        cluster.change(policy("shop/in", "app=web", INGRESS));
        cluster.change(policy("shop/in", "app=api", INGRESS));

        assertThat(webToApi() + ", " + cluster.results("shop/api", "TCP/80", "shop/web")).isEqualTo("silent, open");
    }

    @Test
    void a_direction_that_is_no_longer_isolated() {
        cluster.change(deny("shop/deny", EGRESS));
        cluster.change(deny("shop/deny", INGRESS));

        assertThat(cluster.results("shop/web", "TCP/80", "other/web")).isEqualTo("open");
    }

    @Test
    void a_further_port_and_its_end_without_a_script() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));
        cluster.scripts.clear();

        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"), port("TCP/81"))));
        var more = cluster.dial("shop/web", "shop/api", "TCP/81", Family.IPV4).result() + " "
            + cluster.dial("shop/web", "shop/api", "TCP/81", Family.IPV6).result();
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));

        assertThat(more + ", " + cluster.results("shop/web", "TCP/81", "shop/api") + " " + webToApi()).isEqualTo("open open, silent open");
        assertThat(cluster.scripts).isEmpty();
    }

    @Test
    void rules_of_a_policy_beside_another_for_the_same_pod() {
        cluster.change(policy("shop/all", "", INGRESS, rule(pods("app=web"), port("TCP/80"))),
            policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));

        cluster.change(policy("shop/all", "", INGRESS, rule(pods("app=web"), port("TCP/81"))));
        var both = webToApi() + " " + cluster.results("shop/web", "TCP/81", "shop/api");
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/81"))));

        assertThat(both + ", " + webToApi() + " " + cluster.results("shop/web", "TCP/81", "shop/api"))
            .isEqualTo("open open, silent open");
    }

    @Test
    void rules_that_pods_had_in_common() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app"), port("TCP/80"))),
            policy("shop/web", "app=web", INGRESS, rule(pods("app"), port("TCP/80"))));

        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app"), port("TCP/81"))));

        assertThat(webToApi() + " " + cluster.results("shop/web", "TCP/81", "shop/api") + ", "
            + cluster.results("shop/api", "TCP/80", "shop/web")).isEqualTo("silent open, open");
    }

    @Test
    void a_relabelled_peer() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"))));
        cluster.change(relabel("shop/web", "app=no-more"));

        assertThat(webToApi()).isEqualTo("silent");
    }

    @Test
    void a_relabelled_subject() {
        cluster.change(policy("shop/in", "app=api", INGRESS));
        cluster.change(relabel("shop/api", "app=no-more"));

        assertThat(webToApi()).isEqualTo("open");
    }

    @Test
    void a_relabelled_namespace() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(namespaces("team=x"))));
        cluster.change(new Change.RelabelNamespace("other", FirewallFixture.labels("team=y")));

        assertThat(cluster.results("other/web", "TCP/80", "shop/api")).isEqualTo("silent");
    }

    @Test
    void a_pod_started_under_a_policy() {
        cluster.change(deny("shop/deny-all", INGRESS));
        cluster.with("shop/late", "node-1", "", "TCP/80");

        assertThat(cluster.results("shop/web", "TCP/80", "shop/late")).isEqualTo("silent");
    }

    @Test
    void a_pod_started_as_a_peer() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=late"))));
        cluster.with("shop/late", "node-1", "app=late", "");

        assertThat(cluster.results("shop/late", "TCP/80", "shop/api")).isEqualTo("open");
    }

    @Test
    void an_address_that_another_pod_got() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"))));
        var address = cluster.address("shop/web", dev.lockdown.flow.Family.IPV4);
        cluster.stopPod("shop/web");
        cluster.with("shop/heir", "node-1", "app=heir", "");

        assertThat(cluster.address("shop/heir", dev.lockdown.flow.Family.IPV4)).isEqualTo(address);
        assertThat(cluster.results("shop/heir", "TCP/80", "shop/api")).isEqualTo("silent");
    }

    @Test
    void an_interface_that_another_pod_got() {
        cluster.change(policy("shop/in", "app=web", INGRESS));
        cluster.stopPod("shop/web");
        cluster.with("shop/heir", "node-1", "app=heir", "TCP/80");

        assertThat(cluster.results("shop/api", "TCP/80", "shop/heir")).isEqualTo("open");
    }

    @Test
    void a_peer_that_moves_from_one_rule_to_another() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80")), rule(pods("app=other"))));
        cluster.change(relabel("shop/web", "app=other"));

        assertThat(webToApi() + ", " + cluster.results("shop/web", "TCP/81", "shop/api")).isEqualTo("open, open");
    }

    private String webToApi() {
        return cluster.results("shop/web", "TCP/80", "shop/api");
    }

    private static Change relabel(String pod, String labels) {
        return new Change.RelabelPod(NamespacedName.parse(pod), FirewallFixture.labels(labels));
    }
}

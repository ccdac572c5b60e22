package dev.lockdown.cluster.embedded;

import static dev.lockdown.cluster.embedded.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.Policies.delete;
import static dev.lockdown.cluster.embedded.Policies.deny;
import static dev.lockdown.cluster.embedded.Policies.everybody;
import static dev.lockdown.cluster.embedded.Policies.namespaces;
import static dev.lockdown.cluster.embedded.Policies.pods;
import static dev.lockdown.cluster.embedded.Policies.policy;
import static dev.lockdown.cluster.embedded.Policies.port;
import static dev.lockdown.cluster.embedded.Policies.rule;
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
    private final Town town = new Town().namespace("shop", "").namespace("other", "team=x")
        .with("shop/web", "node-1", "app=web", "TCP/80")
        .with("shop/api", "node-2", "app=api", "TCP/80 TCP/81")
        .with("other/web", "node-1", "app=web", "TCP/80");

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void a_deleted_policy() {
        town.change(deny("shop/deny-all", INGRESS));
        town.change(delete("shop/deny-all"));

        assertThat(webToApi()).isEqualTo("open");
    }

    @Test
    void the_deletion_of_one_of_two_policies() {
        town.change(deny("shop/deny-all", INGRESS), policy("shop/open", "", INGRESS, everybody()));
        town.change(delete("shop/open"));

        assertThat(webToApi()).isEqualTo("silent");
    }

    @Test
    void an_updated_port() {
        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));
        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/81"))));

        assertThat(webToApi() + ", " + town.results("shop/web", "TCP/81", "shop/api")).isEqualTo("silent, open");
    }

    @Test
    void an_updated_subject() {
        town.change(policy("shop/in", "app=web", INGRESS));
        town.change(policy("shop/in", "app=api", INGRESS));

        assertThat(webToApi() + ", " + town.results("shop/api", "TCP/80", "shop/web")).isEqualTo("silent, open");
    }

    @Test
    void a_direction_that_is_no_longer_isolated() {
        town.change(deny("shop/deny", EGRESS));
        town.change(deny("shop/deny", INGRESS));

        assertThat(town.results("shop/web", "TCP/80", "other/web")).isEqualTo("open");
    }

    @Test
    void a_further_port_and_its_end_without_a_script() {
        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));
        town.scripts.clear();

        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"), port("TCP/81"))));
        var more = town.dial("shop/web", "shop/api", "TCP/81", Family.IPV4).result() + " "
            + town.dial("shop/web", "shop/api", "TCP/81", Family.IPV6).result();
        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));

        assertThat(more + ", " + town.results("shop/web", "TCP/81", "shop/api") + " " + webToApi()).isEqualTo("open open, silent open");
        assertThat(town.scripts).isEmpty();
    }

    @Test
    void a_relabelled_peer() {
        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"))));
        town.change(relabel("shop/web", "app=no-more"));

        assertThat(webToApi()).isEqualTo("silent");
    }

    @Test
    void a_relabelled_subject() {
        town.change(policy("shop/in", "app=api", INGRESS));
        town.change(relabel("shop/api", "app=no-more"));

        assertThat(webToApi()).isEqualTo("open");
    }

    @Test
    void a_relabelled_namespace() {
        town.change(policy("shop/in", "app=api", INGRESS, rule(namespaces("team=x"))));
        town.change(new Change.RelabelNamespace("other", Town.labels("team=y")));

        assertThat(town.results("other/web", "TCP/80", "shop/api")).isEqualTo("silent");
    }

    @Test
    void a_pod_started_under_a_policy() {
        town.change(deny("shop/deny-all", INGRESS));
        town.with("shop/late", "node-1", "", "TCP/80");

        assertThat(town.results("shop/web", "TCP/80", "shop/late")).isEqualTo("silent");
    }

    @Test
    void a_pod_started_as_a_peer() {
        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=late"))));
        town.with("shop/late", "node-1", "app=late", "");

        assertThat(town.results("shop/late", "TCP/80", "shop/api")).isEqualTo("open");
    }

    @Test
    void an_address_that_another_pod_got() {
        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"))));
        var address = town.address("shop/web", dev.lockdown.flow.Family.IPV4);
        town.stopPod("shop/web");
        town.with("shop/heir", "node-1", "app=heir", "");

        assertThat(town.address("shop/heir", dev.lockdown.flow.Family.IPV4)).isEqualTo(address);
        assertThat(town.results("shop/heir", "TCP/80", "shop/api")).isEqualTo("silent");
    }

    @Test
    void an_interface_that_another_pod_got() {
        town.change(policy("shop/in", "app=web", INGRESS));
        town.stopPod("shop/web");
        town.with("shop/heir", "node-1", "app=heir", "TCP/80");

        assertThat(town.results("shop/api", "TCP/80", "shop/heir")).isEqualTo("open");
    }

    @Test
    void a_peer_that_moves_from_one_rule_to_another() {
        town.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80")), rule(pods("app=other"))));
        town.change(relabel("shop/web", "app=other"));

        assertThat(webToApi() + ", " + town.results("shop/web", "TCP/81", "shop/api")).isEqualTo("open, open");
    }

    private String webToApi() {
        return town.results("shop/web", "TCP/80", "shop/api");
    }

    private static Change relabel(String pod, String labels) {
        return new Change.RelabelPod(NamespacedName.parse(pod), Town.labels(labels));
    }
}

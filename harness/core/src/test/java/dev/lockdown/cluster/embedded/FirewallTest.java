package dev.lockdown.cluster.embedded;

import static dev.lockdown.cluster.embedded.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.Policies.block;
import static dev.lockdown.cluster.embedded.Policies.delete;
import static dev.lockdown.cluster.embedded.Policies.deny;
import static dev.lockdown.cluster.embedded.Policies.everybody;
import static dev.lockdown.cluster.embedded.Policies.namespaces;
import static dev.lockdown.cluster.embedded.Policies.pods;
import static dev.lockdown.cluster.embedded.Policies.podsIn;
import static dev.lockdown.cluster.embedded.Policies.policy;
import static dev.lockdown.cluster.embedded.Policies.port;
import static dev.lockdown.cluster.embedded.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("The firewall")
class FirewallTest {
    private final Town town = new Town().namespace("shop", "").namespace("other", "team=x")
        .pod("shop/web", "node-1", "app=web", "TCP/80 UDP/53")
        .pod("shop/api", "node-2", "app=api", "TCP/80 TCP/81 TCP/90 UDP/80 UDP/53")
        .pod("shop/db", "node-1", "app=db", "TCP/80")
        .pod("other/web", "node-1", "app=web", "TCP/80");

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void lets_every_pod_reach_every_pod_without_a_policy() {
        assertThat(town.dial("shop/web", "shop/api", "TCP/80"))
            .isEqualTo(new Dial("open", "shop/api", town.address("shop/web", dev.lockdown.flow.Family.IPV4).getHostAddress(), java.util.List.of()));
    }

    @Test
    void names_the_rule_that_dropped_a_packet_at_the_destinations_node() {
        town.change(deny("shop/deny-all", INGRESS));

        assertThat(town.dial("shop/web", "shop/api", "TCP/80").drops()).containsExactly("node-2: ingress of shop/api");
    }
}

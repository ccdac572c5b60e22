package dev.lockdown.policy;

import static dev.lockdown.policy.CastAssert.assertThat;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.state.Service.Outside;
import dev.lockdown.state.Service.TrafficPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A Service that is reached from outside")
class OutsideWaysTest {
    private static final Outside LOCAL = new Outside(TrafficPolicy.LOCAL, false);
    private static final String BALANCER = "load-balancer:shop/api";

    private final Cast cast = Cast.cluster().host("partner", "203.0.113.7").pod("shop/web", "app=web")
        .pod("shop/api-1", "app=api, zone=a", "http=TCP/8080").podOn("node-2", "shop/api-2", "app=api, zone=b", "http=TCP/8080");

    @Test
    void is_open_by_its_balancer_where_nothing_isolates() {
        balanced(Outside.USUAL);
        assertThat(cast).allows("host:partner", BALANCER, "TCP/80").allows("shop/web", BALANCER, "TCP/80").allows("node:node-2", BALANCER,
            "TCP/80");
    }

    @Test
    void is_seen_as_some_node_or_as_itself_where_the_policy_is_Cluster() {
        balanced(Outside.USUAL).policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("203.0.113.7/32"))));
        assertThat(cast).leavesOpen(OpenQuestion.REWRITTEN_SOURCE, "host:partner", BALANCER, "TCP/80");
    }

    @Test
    void may_enter_as_the_pods_own_node_where_the_policy_is_Cluster() {
        balanced(Outside.USUAL).policy(policy("shop/deny", "app=api", INGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.REWRITTEN_SOURCE, "host:partner", BALANCER, "TCP/80");
    }

    @Test
    void is_open_where_the_client_and_every_node_are_admitted() {
        balanced(Outside.USUAL).policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("203.0.113.7/32")))
            .ingress(only(block("172.18.0.0/16"))));
        assertThat(cast).allows("host:partner", BALANCER, "TCP/80");
    }

    @Test
    void is_seen_as_the_node_whose_address_the_balancer_has() {
        balanced(Outside.USUAL).address(BALANCER, "172.18.0.2").policy(policy("shop/in", "app=api", INGRESS)
            .ingress(only(block("203.0.113.7/32"))).ingress(only(block("172.18.0.2/32"))));
        assertThat(cast).allows("host:partner", BALANCER, "TCP/80");
    }

    @Test
    void keeps_the_client_where_the_policy_is_Local() {
        balanced(LOCAL).policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("203.0.113.7/32"))));
        assertThat(cast).allows("host:partner", BALANCER, "TCP/80");
    }

    @Test
    void is_denied_where_the_policy_is_Local_and_nobody_admits_the_client() {
        balanced(LOCAL).policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("172.18.0.0/16"))));
        assertThat(cast).denies("host:partner", BALANCER, "TCP/80");
    }

    @Test
    void is_as_the_balancers_choice_has_it_where_the_policy_is_Local_and_backends_differ() {
        balanced(LOCAL).policy(policy("shop/deny", "zone=b", INGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.CHOICE_OF_NODE, "host:partner", BALANCER, "TCP/80");
        assertThat(cast.explain("host:partner", BALANCER, "TCP/80").lines()).contains(
            "arriving at shop/api-1 on TCP/8080: unspecified: with externalTrafficPolicy Local the node that is chosen decides which backends "
                + "there are (ingress of shop/api-1)");
    }

    @Test
    void is_the_nodes_own_where_the_policy_is_Local_and_the_balancer_has_a_nodes_address() {
        balanced(LOCAL).address(BALANCER, "172.18.0.2").policy(policy("shop/deny", "zone=b", INGRESS));
        assertThat(cast).allows("host:partner", BALANCER, "TCP/80");
    }

    @Test
    void is_split_where_the_policy_is_Local_and_a_pod_dials_its_balancer() {
        balanced(LOCAL).policy(policy("shop/deny", "zone=b", INGRESS));
        assertThat(cast).splits("shop/web", BALANCER, "TCP/80");
    }

    @Test
    void may_be_seen_as_the_clients_own_node_where_a_pod_dials_its_balancer() {
        balanced(Outside.USUAL).policy(policy("shop/in", "zone=b", INGRESS).ingress(only(pods("app=web"))))
            .policy(policy("shop/none", "zone=a", INGRESS).ingress(anybody()));
        assertThat(cast).leavesOpen(OpenQuestion.REWRITTEN_SOURCE, "shop/web", BALANCER, "TCP/80");
    }

    @Test
    void is_denied_where_egress_names_no_pod_behind_its_balancer() {
        balanced(LOCAL).policy(policy("shop/deny", "app=web", EGRESS));
        assertThat(cast).denies("shop/web", BALANCER, "TCP/80");
    }

    @Test
    void may_have_left_the_cluster_by_a_balancer_that_is_a_proxy() {
        balanced(new Outside(TrafficPolicy.LOCAL, true)).policy(policy("shop/out", "app=web", EGRESS).egress(only(pods("app=api"))))
            .policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("203.0.113.7/32"))));
        assertThat(cast).leavesOpen(OpenQuestion.BEFORE_OR_AFTER_DNAT, "shop/web", BALANCER, "TCP/80")
            .leavesOpen(OpenQuestion.REWRITTEN_SOURCE, "host:partner", BALANCER, "TCP/80");
    }

    @Test
    void has_no_endpoints_by_its_balancer_on_a_port_that_it_does_not_offer() {
        balanced(LOCAL);
        assertThat(cast).leavesOpen(OpenQuestion.NO_ENDPOINTS, "host:partner", BALANCER, "TCP/8080");
    }

    @Test
    void is_dropped_at_a_node_without_an_endpoint_where_the_policy_is_Local() {
        cast.localNodePort("shop/public", "zone=b", "TCP/80", "8080", 30080);
        assertThat(cast).leavesOpen(OpenQuestion.NO_LOCAL_ENDPOINT, "host:partner", "node:node-1", "TCP/30080")
            .leavesOpen(OpenQuestion.NO_LOCAL_ENDPOINT, "node:node-2", "node:node-1", "TCP/30080")
            .allows("host:partner", "node:node-2", "TCP/30080");
    }

    @Test
    void keeps_the_client_at_a_nodes_port_where_the_policy_is_Local() {
        cast.localNodePort("shop/public", "zone=b", "TCP/80", "8080", 30080)
            .policy(policy("shop/in", "zone=b", INGRESS).ingress(only(block("203.0.113.7/32"))));
        assertThat(cast).allows("host:partner", "node:node-2", "TCP/30080").denies("node:node-1", "node:node-2", "TCP/30080");
    }

    @Test
    void is_led_to_every_backend_by_a_clients_own_node_or_to_those_of_the_node() {
        cast.localNodePort("shop/public", "app=api", "TCP/80", "8080", 30080).policy(policy("shop/deny", "zone=b", INGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.CHOICE_OF_NODE, "shop/web", "node:node-1", "TCP/30080")
            .leavesOpen(OpenQuestion.NO_LOCAL_ENDPOINT, "shop/web", "node:node-2", "TCP/30080")
            .allows("host:partner", "node:node-1", "TCP/30080").denies("host:partner", "node:node-2", "TCP/30080");
    }

    @Test
    void has_any_backend_on_a_node_before_pods_are_scheduled() {
        cast.localNodePort("shop/public", "app=api", "TCP/80", "8080", 30080).unscheduled();
        assertThat(cast).allows("host:partner", "node:node-1", "TCP/30080");
    }

    private Cast balanced(Outside outside) {
        return cast.loadBalancer("shop/api", "app=api", "TCP/80", "8080", outside);
    }
}

package dev.lockdown.policy;

import static dev.lockdown.policy.CastAssert.assertThat;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A Service")
class ServicesTest {
    private final Cast cast = Cast.cluster().host("partner", "203.0.113.7").pod("shop/web", "app=web")
        .pod("shop/api-1", "app=api, zone=a", "http=TCP/8080").podOn("node-2", "shop/api-2", "app=api, zone=b", "http=TCP/8080")
        .service("shop/api", "app=api", "TCP/80", "8080");

    @Test
    void is_open_where_nothing_isolates() {
        assertThat(cast).allows("shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void is_judged_by_the_port_behind_it() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(pods("app=api"), "TCP/8080")));
        assertThat(cast).allows("shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void is_denied_where_only_its_own_port_is_admitted_to_its_pods() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(pods("app=api"), "TCP/80")));
        assertThat(cast).denies("shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void leaves_open_whether_its_own_port_counts_where_the_rule_names_no_peers() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(anybody("TCP/80")));
        assertThat(cast).leavesOpen(OpenQuestion.BEFORE_OR_AFTER_DNAT, "shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void leaves_open_whether_its_own_address_counts() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(block("10.43.0.10/32"))));
        assertThat(cast).leavesOpen(OpenQuestion.BEFORE_OR_AFTER_DNAT, "shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void is_denied_where_all_its_backends_are() {
        cast.policy(policy("shop/deny", "app=api", INGRESS));
        assertThat(cast).denies("shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void is_split_where_some_of_its_backends_are_denied() {
        cast.policy(policy("shop/deny", "zone=b", INGRESS));
        assertThat(cast).splits("shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void resolves_a_named_target_on_each_backend() {
        cast.pod("shop/api-3", "app=api, zone=c", "http=TCP/9999").service("shop/named", "app=api", "TCP/80", "http")
            .policy(policy("shop/in", "app=api", INGRESS).ingress(anybody("TCP/8080")));
        assertThat(cast).splits("shop/web", "service:shop/named", "TCP/80");
    }

    @Test
    void has_no_backend_in_a_pod_that_lacks_its_named_target() {
        cast.pod("shop/api-3", "app=api, zone=c").service("shop/named", "app=api", "TCP/80", "http").policy(policy("shop/deny", "zone=c"));
        assertThat(cast).allows("shop/web", "service:shop/named", "TCP/80");
    }

    @Test
    void has_no_backend_in_a_pod_without_an_address_of_the_family() {
        cast.pod("shop/old", "app=api, zone=old").onlyIpv4("shop/old").policy(policy("shop/deny", "zone=old", INGRESS));
        assertThat(cast).allowsOverIpv6("shop/web", "service:shop/api", "TCP/80").splits("shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void without_endpoints_is_unspecified() {
        cast.service("shop/ghost", "app=ghost", "TCP/80", "8080").service("shop/bare", "", "TCP/80", "8080");
        assertThat(cast).leavesOpen(OpenQuestion.NO_ENDPOINTS, "shop/web", "service:shop/ghost", "TCP/80")
            .leavesOpen(OpenQuestion.NO_ENDPOINTS, "shop/web", "service:shop/bare", "TCP/80");
    }

    @Test
    void has_no_endpoints_on_a_port_that_it_does_not_offer() {
        assertThat(cast).leavesOpen(OpenQuestion.NO_ENDPOINTS, "shop/web", "service:shop/api", "TCP/8080")
            .leavesOpen(OpenQuestion.NO_ENDPOINTS, "shop/web", "service:shop/api", "UDP/80");
    }

    @Test
    void that_is_headless_is_its_pods() {
        cast.headless("shop/heads", "app=api", "TCP/8080").policy(policy("shop/out", "app=web", EGRESS)
            .egress(only(pods("app=api"), "TCP/8080")));
        assertThat(cast).allows("shop/web", "service:shop/heads", "TCP/8080").denies("shop/web", "service:shop/heads", "TCP/80");
    }

    @Test
    void that_is_headless_keeps_no_pod_from_itself() {
        cast.headless("shop/webs", "app=web", "TCP/80").policy(policy("shop/deny", "", INGRESS, EGRESS));
        assertThat(cast).allows("shop/web", "service:shop/webs", "TCP/80");
    }

    @Test
    void that_leads_back_to_the_pod_itself_is_open_to_every_reading() {
        cast.service("shop/webs", "app=web", "TCP/80", "80").policy(policy("shop/in", "app=web", INGRESS).ingress(only(pods("app=web"))));
        assertThat(cast).leavesOpen(OpenQuestion.HAIRPIN, "shop/web", "service:shop/webs", "TCP/80");
    }

    @Test
    void that_leads_back_to_the_pod_itself_is_open_to_every_reading_of_egress() {
        cast.service("shop/webs", "app=web", "TCP/80", "80").policy(policy("shop/deny", "app=web", EGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.HAIRPIN, "shop/web", "service:shop/webs", "TCP/80");
    }

    @Test
    void that_leads_back_to_the_pod_itself_is_no_question_where_nothing_isolates_it() {
        cast.service("shop/webs", "app=web", "TCP/80", "80");
        assertThat(cast).allows("shop/web", "service:shop/webs", "TCP/80");
    }

    @Test
    void that_leads_back_to_the_pod_itself_is_no_question_where_rules_admit_everybody() {
        cast.service("shop/webs", "app=web", "TCP/80", "80")
            .policy(policy("shop/all", "app=web", INGRESS, EGRESS).ingress(anybody()).egress(anybody()));
        assertThat(cast).allows("shop/web", "service:shop/webs", "TCP/80");
    }

    @Test
    void that_leads_back_through_a_node_port_is_open_to_every_reading() {
        cast.nodePort("shop/public", "app=web", "TCP/80", "80", 30080).policy(policy("shop/deny", "app=web", INGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.HAIRPIN, "shop/web", "node:node-2", "TCP/30080");
    }

    @Test
    void is_not_a_target_by_a_name_of_another_protocol() {
        cast.pod("shop/udp", "app=udp", "http=UDP/8080", "web=TCP/8080").service("shop/udp", "app=udp", "TCP/80", "http");
        assertThat(cast).leavesOpen(OpenQuestion.NO_ENDPOINTS, "shop/web", "service:shop/udp", "TCP/80");
    }

    @Test
    void that_does_not_exist_is_an_error() {
        assertThatThrownBy(() -> cast.explain("shop/web", "service:shop/ghost", "TCP/80")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("there is no service \"shop/ghost\" in this state");
    }

    @Test
    void keeps_the_address_of_a_pod_that_dials_it() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(only(pods("app=web"), "TCP/8080")));
        assertThat(cast).allows("shop/web", "service:shop/api", "TCP/80");
    }

    @Test
    void may_hide_a_source_from_outside() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("203.0.113.7/32"))));
        assertThat(cast).leavesOpen(OpenQuestion.REWRITTEN_SOURCE, "host:partner", "service:shop/api", "TCP/80");
    }

    @Test
    void by_node_port_may_hide_the_source_behind_its_node() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080)
            .policy(policy("shop/in", "zone=b", INGRESS).ingress(only(block("203.0.113.7/32"))));
        assertThat(cast).leavesOpen(OpenQuestion.REWRITTEN_SOURCE, "host:partner", "node:node-1", "TCP/30080");
    }

    @Test
    void by_node_port_may_enter_as_the_pods_own_node() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080).policy(policy("shop/deny", "zone=b", INGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.REWRITTEN_SOURCE, "host:partner", "node:node-2", "TCP/30080")
            .denies("host:partner", "node:node-1", "TCP/30080");
    }

    @Test
    void by_node_port_is_open_where_every_reading_admits_it() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080)
            .policy(policy("shop/in", "zone=b", INGRESS).ingress(anybody("TCP/8080")));
        assertThat(cast).allows("host:partner", "node:node-1", "TCP/30080");
    }

    @Test
    void by_node_port_is_only_that_port_of_the_node() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080).policy(policy("shop/out", "app=web", EGRESS)
            .egress(only(block("172.18.0.3/32"), "TCP", "UDP")));
        assertThat(cast).allows("shop/web", "node:node-2", "TCP/30081").allows("shop/web", "node:node-2", "UDP/30080")
            .leavesOpen(OpenQuestion.BEFORE_OR_AFTER_DNAT, "shop/web", "node:node-2", "TCP/30080");
    }

    @Test
    void by_node_port_of_the_pods_own_node_is_that_node_to_every_reading() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080).policy(policy("shop/deny", "zone=b", INGRESS));
        assertThat(cast).allows("node:node-2", "node:node-2", "TCP/30080")
            .leavesOpen(OpenQuestion.REWRITTEN_SOURCE, "node:node-1", "node:node-2", "TCP/30080");
    }

    @Test
    void by_node_port_admits_a_source_that_is_admitted_both_as_itself_and_as_the_node() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080).policy(policy("shop/in", "zone=b", INGRESS)
            .ingress(only(block("203.0.113.7/32"))).ingress(only(block("172.18.0.2/32"))));
        assertThat(cast).allows("host:partner", "node:node-1", "TCP/30080");
    }

    @Test
    void is_open_to_a_source_from_outside_where_every_reading_admits_it() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(anybody()));
        assertThat(cast).allows("host:partner", "service:shop/api", "TCP/80");
    }

    @Test
    void by_node_port_is_open_to_readings_where_only_its_backend_is_admitted() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080)
            .policy(policy("shop/out", "app=web", EGRESS).egress(only(pods("zone=b"))));
        assertThat(cast).leavesOpen(OpenQuestion.BEFORE_OR_AFTER_DNAT, "shop/web", "node:node-2", "TCP/30080");
    }

    @Test
    void by_node_port_is_denied_where_neither_it_nor_its_backend_is_admitted() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080).policy(policy("shop/out", "app=web", EGRESS));
        assertThat(cast).denies("shop/web", "node:node-2", "TCP/30080");
    }

    @Test
    void by_node_port_is_allowed_where_both_it_and_its_backend_are_admitted() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080).policy(policy("shop/out", "app=web", EGRESS)
            .egress(only(pods("zone=b"))).egress(only(block("172.18.0.3/32"), "TCP/30080")));
        assertThat(cast).allows("shop/web", "node:node-2", "TCP/30080");
    }

    @Test
    void by_node_port_that_leads_back_to_the_pod_itself_is_open_to_every_reading_of_egress() {
        cast.nodePort("shop/public", "app=web", "TCP/80", "80", 30080).policy(policy("shop/deny", "app=web", EGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.BEFORE_OR_AFTER_DNAT, "shop/web", "node:node-2", "TCP/30080");
    }

    @Test
    void by_node_port_admits_a_source_that_is_admitted_as_itself_and_excused_as_the_pods_own_node() {
        cast.nodePort("shop/public", "zone=b", "TCP/80", "8080", 30080)
            .policy(policy("shop/in", "zone=b", INGRESS).ingress(only(block("203.0.113.7/32"))));
        assertThat(cast).allows("host:partner", "node:node-2", "TCP/30080");
    }
}

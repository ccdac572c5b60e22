package dev.lockdown.policy;

import static dev.lockdown.policy.CastAssert.assertThat;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A port of a rule")
class RulePortsTest {
    private final Cast cast = Cast.cluster().host("partner", "203.0.113.7").pod("shop/web", "app=web")
        .pod("shop/api", "app=api", "http=TCP/8080", "dns=UDP/53").pod("shop/two", "app=two", "http=TCP/8181");

    private void admit(String... ports) {
        cast.policy(policy("shop/in", "", INGRESS).ingress(anybody(ports)));
    }

    private void release(String... ports) {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(anybody(ports)));
    }

    @Test
    void admits_its_number_alone() {
        admit("TCP/80");
        assertThat(cast).allows("shop/web", "shop/api", "TCP/80").denies("shop/web", "shop/api", "TCP/81");
    }

    @Test
    void admits_its_protocol_alone() {
        admit("TCP/80");
        assertThat(cast).denies("shop/web", "shop/api", "UDP/80").denies("shop/web", "shop/api", "SCTP/80");
    }

    @Test
    void without_a_number_is_every_port_of_its_protocol() {
        admit("UDP");
        assertThat(cast).allows("shop/web", "shop/api", "UDP/1").allows("shop/web", "shop/api", "UDP/65535")
            .denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void with_an_end_includes_both_ends() {
        admit("TCP/80-90");
        assertThat(cast).denies("shop/web", "shop/api", "TCP/79").allows("shop/web", "shop/api", "TCP/80")
            .allows("shop/web", "shop/api", "TCP/90").denies("shop/web", "shop/api", "TCP/91");
    }

    @Test
    void is_one_of_several() {
        admit("TCP/80", "UDP/53");
        assertThat(cast).allows("shop/web", "shop/api", "UDP/53").allows("shop/web", "shop/api", "TCP/80")
            .denies("shop/web", "shop/api", "TCP/53");
    }

    @Test
    void is_every_protocol_where_the_rule_has_none() {
        admit();
        assertThat(cast).allows("shop/web", "shop/api", "SCTP/7");
    }

    @Test
    void by_name_is_the_number_of_each_destination() {
        admit("TCP/http");
        assertThat(cast).allows("shop/web", "shop/api", "TCP/8080").denies("shop/web", "shop/api", "TCP/8181")
            .allows("shop/web", "shop/two", "TCP/8181").denies("shop/web", "shop/two", "TCP/8080");
    }

    @Test
    void by_a_name_that_the_destination_lacks_admits_nothing() {
        admit("TCP/http");
        assertThat(cast).denies("shop/api", "shop/web", "TCP/8080");
    }

    @Test
    void by_a_name_of_another_protocol_admits_nothing() {
        admit("TCP/dns");
        assertThat(cast).denies("shop/web", "shop/api", "UDP/53").denies("shop/web", "shop/api", "TCP/53");
    }

    @Test
    void by_name_resolves_on_the_destination_of_egress_too() {
        release("TCP/http");
        assertThat(cast).allows("shop/web", "shop/api", "TCP/8080").allows("shop/web", "shop/two", "TCP/8181")
            .denies("shop/web", "shop/api", "TCP/8181");
    }

    @Test
    void by_name_in_egress_still_needs_the_peer() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(pods("app=two"), "TCP/http")));
        assertThat(cast).allows("shop/web", "shop/two", "TCP/8181").denies("shop/web", "shop/api", "TCP/8080");
    }

    @Test
    void by_name_is_no_port_of_a_machine_outside() {
        release("TCP/http");
        assertThat(cast).denies("shop/web", "host:partner", "TCP/8080");
    }

    @Test
    void by_name_in_egress_may_or_may_not_be_resolved_inside_an_ip_block() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(block("0.0.0.0/0"), "TCP/http")));
        assertThat(cast).leavesOpen(OpenQuestion.POD_BY_IP_BLOCK, "shop/web", "shop/api", "TCP/8080")
            .denies("shop/web", "shop/api", "TCP/8181").denies("shop/web", "host:partner", "TCP/8080");
    }

    @Test
    void by_name_in_egress_means_no_pod_outside_the_ip_block() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(block("203.0.113.0/24"), "TCP/http")));
        assertThat(cast).denies("shop/web", "shop/api", "TCP/8080");
    }

    @Test
    void by_name_in_ingress_is_the_subjects_even_for_an_ip_block() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("203.0.113.0/24"), "TCP/http")));
        assertThat(cast).allows("host:partner", "shop/api", "TCP/8080").denies("host:partner", "shop/api", "TCP/80");
    }
}

package dev.lockdown.policy;

import static dev.lockdown.policy.CastAssert.assertThat;
import static dev.lockdown.policy.Written.anyOf;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An ipBlock")
class IpBlocksTest {
    private final Cast cast = Cast.cluster().host("partner", "203.0.113.7").host("metadata", "169.254.169.254").host("six", "2001:db8::7")
        .pod("shop/web", "app=web").pod("shop/api", "app=api");

    private void release(String cidr, String... except) {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(block(cidr, except))));
    }

    @ParameterizedTest(name = "{0} holds 203.0.113.7: {1}")
    @CsvSource({
        "203.0.113.7/32, true", "203.0.113.6/32, false", "203.0.113.6/31, true", "203.0.113.8/30, false", "203.0.112.0/23, true",
        "203.0.112.0/24, false", "203.0.0.0/16, true", "128.0.0.0/1, true", "0.0.0.0/1, false", "0.0.0.0/0, true", "::/0, false"})
    void holds_the_addresses_of_its_prefix(String cidr, boolean inside) {
        release(cidr);
        if (inside) assertThat(cast).allows("shop/web", "host:partner", "TCP/443");
        else assertThat(cast).denies("shop/web", "host:partner", "TCP/443");
    }

    @Test
    void spares_its_exceptions() {
        release("0.0.0.0/0", "10.0.0.0/8", "169.254.169.254/32");
        assertThat(cast).allows("shop/web", "host:partner", "TCP/443").denies("shop/web", "host:metadata", "TCP/80");
    }

    @Test
    void may_cover_the_exception_of_another() {
        cast.policy(policy("shop/out", "app=web", EGRESS)
            .egress(anyOf(List.of(block("203.0.0.0/16", "203.0.113.0/24"), block("203.0.113.7/32")))));
        assertThat(cast).allows("shop/web", "host:partner", "TCP/443");
    }

    @Test
    void of_one_family_holds_nothing_of_the_other() {
        release("2001:db8::/32");
        assertThat(cast).allowsOverIpv6("shop/web", "host:six", "TCP/443").denies("shop/web", "host:partner", "TCP/443");
    }

    @Test
    void admits_a_source_from_outside() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("203.0.113.0/24"))));
        assertThat(cast).allows("host:partner", "shop/api", "TCP/80").denies("host:metadata", "shop/api", "TCP/80");
    }

    @Test
    void leaves_open_what_it_means_for_a_pods_address() {
        release("10.42.0.2/32");
        assertThat(cast).leavesOpen(OpenQuestion.POD_BY_IP_BLOCK, "shop/web", "shop/api", "TCP/80");
    }

    @Test
    void leaves_open_what_it_means_for_a_pod_as_a_source() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("10.42.0.0/16"))));
        assertThat(cast).leavesOpen(OpenQuestion.POD_BY_IP_BLOCK, "shop/web", "shop/api", "TCP/80");
    }

    @Test
    void does_not_touch_a_pod_outside_of_it() {
        release("10.42.0.0/16", "10.42.0.2/32");
        assertThat(cast).denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void asks_nothing_where_a_selector_admits_the_pod_anyway() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(anyOf(List.of(block("10.42.0.0/16"), pods("app=api")))));
        assertThat(cast).allows("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void asks_nothing_where_the_other_side_refuses() {
        release("10.42.0.0/16");
        cast.policy(policy("shop/deny", "app=api", INGRESS));
        assertThat(cast).denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void goes_by_the_address_that_the_cluster_gave_to_a_machine_outside() {
        release("198.51.100.0/24");
        cast.address("host:partner", "198.51.100.9");
        assertThat(cast).allows("shop/web", "host:partner", "TCP/443");
    }

    @Test
    void cannot_be_decided_for_a_machine_without_an_address() {
        release("198.51.100.0/24");
        assertThat(cast).leavesOpen(OpenQuestion.ADDRESS_UNKNOWN, "shop/web", "host:undeclared", "TCP/443");
    }

    @Test
    void of_another_family_is_decided_without_an_address() {
        release("198.51.100.0/24");
        assertThat(cast).deniesOverIpv6("shop/web", "host:undeclared", "TCP/443");
    }

    @Test
    void of_the_whole_family_with_exceptions_is_not_decided_without_an_address() {
        release("0.0.0.0/0", "10.0.0.0/8");
        assertThat(cast).leavesOpen(OpenQuestion.ADDRESS_UNKNOWN, "shop/web", "host:undeclared", "TCP/443");
    }

    @Test
    void cannot_be_decided_before_the_address_is_known() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(block("172.18.0.0/16")))).unscheduled();
        assertThat(cast).leavesOpen(OpenQuestion.ADDRESS_UNKNOWN, "shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void of_the_whole_family_is_decided_without_an_address() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(block("0.0.0.0/0")))).unscheduled();
        assertThat(cast).allows("shop/web", "kubernetes-api", "TCP/443");
    }
}

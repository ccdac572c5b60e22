package dev.lockdown.policy;

import static dev.lockdown.policy.CastAssert.assertThat;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Isolation")
class IsolationTest {
    private final Cast cast = Cast.cluster().pod("shop/web", "app=web").pod("shop/api", "app=api").pod("other/job", "app=job");

    @Test
    void does_not_exist_without_policies() {
        assertThat(cast).allows("other/job", "shop/api", "TCP/80");
    }

    @Test
    void of_ingress_denies_what_comes_in() {
        cast.policy(policy("shop/deny", "app=api", INGRESS));
        assertThat(cast).denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void of_ingress_spares_what_goes_out() {
        cast.policy(policy("shop/deny", "app=api", INGRESS));
        assertThat(cast).allows("shop/api", "shop/web", "TCP/80");
    }

    @Test
    void of_egress_denies_what_goes_out() {
        cast.policy(policy("shop/deny", "app=api", EGRESS));
        assertThat(cast).denies("shop/api", "shop/web", "TCP/80");
    }

    @Test
    void of_egress_spares_what_comes_in() {
        cast.policy(policy("shop/deny", "app=api", EGRESS));
        assertThat(cast).allows("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void spares_pods_that_no_policy_selects() {
        cast.policy(policy("shop/deny", "app=api", INGRESS));
        assertThat(cast).allows("shop/api", "shop/web", "UDP/53");
    }

    @Test
    void by_an_empty_selector_is_of_every_pod_of_the_namespace() {
        cast.policy(policy("shop/deny", "", INGRESS));
        assertThat(cast).denies("other/job", "shop/api", "TCP/80").denies("other/job", "shop/web", "TCP/80");
    }

    @Test
    void ends_at_the_policys_namespace() {
        cast.policy(policy("shop/deny", "", INGRESS));
        assertThat(cast).allows("shop/web", "other/job", "TCP/80");
    }

    @Test
    void is_of_every_protocol() {
        cast.policy(policy("shop/deny", "", INGRESS));
        assertThat(cast).denies("shop/web", "shop/api", "UDP/53").denies("shop/web", "shop/api", "SCTP/80");
    }

    @Test
    void is_of_both_families() {
        cast.policy(policy("shop/deny", "", INGRESS));
        assertThat(cast).deniesOverIpv6("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void of_both_sides_needs_both_to_admit() {
        cast.policy(policy("shop/deny", "", INGRESS, EGRESS)).policy(policy("shop/in", "app=api", INGRESS).ingress(anybody()));
        assertThat(cast).denies("shop/web", "shop/api", "TCP/80");
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(anybody()));
        assertThat(cast).allows("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void admits_the_union_of_the_policies() {
        cast.policy(policy("shop/a", "app=api", INGRESS).ingress(only(pods("app=web"))))
            .policy(policy("shop/b", "app=api", INGRESS).ingress(anybody("TCP/9090")));
        assertThat(cast).allows("shop/web", "shop/api", "TCP/80").allows("other/job", "shop/api", "TCP/9090")
            .denies("other/job", "shop/api", "TCP/80");
    }

    @Test
    void is_not_made_by_rules_of_a_type_that_the_policy_does_not_have() {
        cast.policy(policy("shop/in", "app=api", INGRESS).egress(only(pods("app=nobody"))));
        assertThat(cast).allows("shop/api", "shop/web", "TCP/80");
    }

    @Test
    void is_not_lifted_by_rules_of_a_type_that_the_policy_does_not_have() {
        cast.policy(policy("shop/deny", "app=api", INGRESS)).policy(policy("shop/out", "app=api", EGRESS).ingress(anybody()));
        assertThat(cast).denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void is_of_ingress_where_the_manifest_gave_no_types() {
        cast.policy(policy("shop/plain", "app=api"));
        assertThat(cast).denies("shop/web", "shop/api", "TCP/80").allows("shop/api", "shop/web", "TCP/80");
    }

    @Test
    void is_of_both_where_the_manifest_gave_no_types_and_egress_rules() {
        cast.policy(policy("shop/plain", "app=api").egress(anybody("UDP/53")));
        assertThat(cast).denies("shop/web", "shop/api", "TCP/80").denies("shop/api", "shop/web", "TCP/80");
    }

    @Test
    void never_keeps_a_pod_from_its_own_address() {
        cast.policy(policy("shop/deny", "", INGRESS, EGRESS));
        assertThat(cast).allows("shop/web", "shop/web", "TCP/80");
    }
}

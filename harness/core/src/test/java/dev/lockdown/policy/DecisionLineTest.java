package dev.lockdown.policy;

import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The first line")
class DecisionLineTest {
    private final Cast cast = Cast.cluster().host("partner", "203.0.113.7").pod("shop/web", "app=web").pod("shop/api", "app=api");

    private String headline(String source, String destination, String port) {
        return cast.oracle().expect(Cast.flow(source, destination, port)).because().getFirst();
    }

    @Test
    void names_who_denies_which_side() {
        cast.policy(policy("shop/deny-all", "app=web", EGRESS));
        assertThat(headline("shop/web", "shop/api", "TCP/80")).isEqualTo("denied by shop/deny-all (egress of shop/web)");
    }

    @Test
    void names_a_policy_once_that_denies_both_sides() {
        cast.policy(policy("shop/deny-all", "", INGRESS, EGRESS));
        assertThat(headline("shop/web", "shop/api", "TCP/80"))
            .isEqualTo("denied by shop/deny-all (egress of shop/web, ingress of shop/api)");
    }

    @Test
    void names_the_policies_of_each_side_where_they_differ() {
        cast.policy(policy("shop/out", "app=web", EGRESS)).policy(policy("shop/in", "app=api", INGRESS));
        assertThat(headline("shop/web", "shop/api", "TCP/80"))
            .isEqualTo("denied by shop/out (egress of shop/web) and shop/in (ingress of shop/api)");
    }

    @Test
    void names_three_of_many_policies() {
        for (var name : "a b c d e".split(" ")) cast.policy(policy("shop/" + name, "app=api", INGRESS));
        assertThat(headline("shop/web", "shop/api", "TCP/80"))
            .isEqualTo("denied by shop/a, shop/b, shop/c and 2 more (ingress of shop/api)");
    }

    @Test
    void says_that_nothing_isolates() {
        assertThat(headline("shop/web", "shop/api", "TCP/80"))
            .isEqualTo("allowed: nothing isolates shop/web (egress) or shop/api (ingress)");
    }

    @Test
    void says_that_nothing_isolates_the_only_pod() {
        assertThat(headline("shop/web", "host:partner", "TCP/80")).isEqualTo("allowed: nothing isolates shop/web (egress)");
    }

    @Test
    void names_the_rule_that_admits() {
        cast.policy(policy("shop/allow-web", "app=api", INGRESS).ingress(only(pods("app=none"))).ingress(only(pods("app=web"))));
        assertThat(headline("shop/web", "shop/api", "TCP/80")).isEqualTo("allowed by shop/allow-web (ingress[1] of shop/api)");
    }

    @Test
    void names_the_rules_of_both_sides() {
        cast.policy(policy("shop/both", "", INGRESS, EGRESS).ingress(anybody()).egress(anybody()));
        assertThat(headline("shop/web", "shop/api", "TCP/80"))
            .isEqualTo("allowed by shop/both (egress[0] of shop/web) and shop/both (ingress[0] of shop/api)");
    }

    @Test
    void says_that_a_pod_reaches_itself() {
        cast.policy(policy("shop/deny-all", "", INGRESS, EGRESS));
        assertThat(headline("shop/web", "shop/web", "TCP/80")).isEqualTo("allowed: a pod always reaches its own address");
    }

    @Test
    void says_that_a_pods_node_reaches_it() {
        cast.policy(policy("shop/deny-all", "", INGRESS, EGRESS));
        assertThat(headline("node:node-1", "shop/web", "TCP/80")).isEqualTo("allowed: the node of shop/web always reaches it");
    }

    @Test
    void says_that_no_pod_is_there_to_have_policies() {
        assertThat(headline("node:node-1", "host:partner", "TCP/80")).isEqualTo("allowed: no pod at either end, so no policy applies");
    }

    @Test
    void says_what_is_open() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(block("10.42.0.0/16"))));
        assertThat(headline("shop/web", "shop/api", "TCP/80"))
            .isEqualTo("unspecified: an ipBlock may or may not match a pod's address (egress of shop/web)");
    }

    @Test
    void counts_the_backends_of_a_split() {
        cast.pod("shop/api-2", "app=api, zone=b").service("shop/api", "app=api", "TCP/80", "8080")
            .policy(policy("shop/in", "zone=b", INGRESS));
        assertThat(headline("shop/web", "service:shop/api", "TCP/80"))
            .isEqualTo("split: allowed to 1 of 2 backends of service:shop/api");
    }

    @Test
    void is_the_denial_of_egress_once_for_all_backends() {
        cast.pod("shop/api-2", "app=api").service("shop/api", "app=api", "TCP/80", "8080")
            .policy(policy("shop/deny-all", "app=web", EGRESS));
        assertThat(headline("shop/web", "service:shop/api", "TCP/80")).isEqualTo("denied by shop/deny-all (egress of shop/web)");
    }

    @Test
    void does_not_speak_of_the_node_where_nothing_isolates_the_pod() {
        assertThat(headline("node:node-1", "shop/web", "TCP/80")).isEqualTo("allowed: nothing isolates shop/web (ingress)");
    }
}

package dev.lockdown.policy;

import static dev.lockdown.policy.Written.anyOf;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reasons of an expectation")
class BecauseTest {
    private final Cast cast = Cast.cluster().host("partner", "203.0.113.7").pod("shop/web", "app=web").pod("shop/api", "app=api");

    private List<String> because(String source, String destination, String port) {
        return cast.oracle().expect(Cast.flow(source, destination, port)).because();
    }

    @Test
    void name_the_three_nearest_misses_of_a_denial() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(
            anyOf(List.of(block("10.0.0.0/30"), pods("app=a; tier=1"), pods("app=b"), pods("app in (c)"), pods("app=d"))))
            .ingress(only(pods("app=web"), "TCP/81")));
        assertThat(because("shop/web", "shop/api", "TCP/80")).containsExactly(
            "denied by shop/in (ingress of shop/api)",
            "shop/in ingress[0].from[2] misses: namespace matches; label app=web, wanted app=b",
            "shop/in ingress[0].from[3] misses: namespace matches; label app=web, wanted app in (c)",
            "shop/in ingress[0].from[4] misses: namespace matches; label app=web, wanted app=d");
    }

    @Test
    void add_that_the_other_side_is_not_isolated() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(anybody()));
        assertThat(because("shop/web", "shop/api", "TCP/80"))
            .containsExactly("allowed by shop/in (ingress[0] of shop/api)", "nothing isolates shop/web (egress)");
    }

    @Test
    void add_nothing_where_rules_admit_both_sides() {
        cast.policy(policy("shop/both", "", INGRESS, EGRESS).ingress(anybody()).egress(anybody()));
        assertThat(because("shop/web", "shop/api", "TCP/80")).hasSize(1);
    }

    @Test
    void add_nothing_where_nothing_is_isolated() {
        assertThat(because("shop/web", "shop/api", "TCP/80")).hasSize(1);
    }

    @Test
    void name_the_rule_that_is_open_to_readings() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(anyOf(List.of(pods("app=no"), block("10.42.0.0/16")))));
        assertThat(because("shop/web", "shop/api", "TCP/80")).containsExactly(
            "unspecified: an ipBlock may or may not match a pod's address (ingress of shop/api)",
            "shop/in ingress[0].from[1] may admit it: an ipBlock may or may not match a pod's address");
    }

    @Test
    void say_where_a_service_leads() {
        cast.service("shop/api", "app=api", "TCP/80", "8080").policy(policy("shop/in", "app=api", INGRESS));
        assertThat(because("shop/web", "service:shop/api", "TCP/80"))
            .containsExactly("denied by shop/in (ingress of shop/api)", "arriving at shop/api on TCP/8080");
    }

    @Test
    void say_where_the_api_really_is() {
        cast.podOn("node-2", "shop/far", "app=far").policy(policy("shop/deny", "app=far", EGRESS));
        assertThat(because("shop/far", "kubernetes-api", "TCP/443"))
            .containsExactly("denied by shop/deny (egress of shop/far)", "arriving at kubernetes-api at 172.18.0.2 on TCP/6443");
    }

    @Test
    void go_through_the_backends_of_a_service() {
        cast.pod("shop/api-2", "app=api, zone=b").service("shop/api", "app=api", "TCP/80", "8080")
            .policy(policy("shop/in", "zone=b", INGRESS));
        assertThat(because("shop/web", "service:shop/api", "TCP/80")).containsExactly(
            "split: allowed to 1 of 2 backends of service:shop/api",
            "shop/api on TCP/8080: allowed: nothing isolates shop/web (egress) or shop/api (ingress)",
            "shop/api-2 on TCP/8080: denied by shop/in (ingress of shop/api-2)");
    }

    @Test
    void count_the_backends_that_are_open() {
        cast.pod("shop/api-2", "app=api, zone=b").pod("shop/api-3", "app=api, zone=b").service("shop/api", "app=api", "TCP/80", "8080")
            .policy(policy("shop/in", "zone=b", INGRESS));
        assertThat(because("shop/web", "service:shop/api", "TCP/80").getFirst())
            .isEqualTo("split: allowed to 1 of 3 backends of service:shop/api");
    }

    @Test
    void stop_after_five_backends() {
        for (int i = 2; i <= 7; i++) cast.pod("shop/api-" + i, "app=api");
        cast.service("shop/api", "app=api", "TCP/80", "8080");
        assertThat(because("shop/web", "service:shop/api", "TCP/80")).hasSize(7).startsWith("allowed to all 7 backends of service:shop/api")
            .endsWith("and 2 more backends");
    }

    @Test
    void show_all_of_five_backends() {
        for (int i = 2; i <= 5; i++) cast.pod("shop/api-" + i, "app=api");
        cast.service("shop/api", "app=api", "TCP/80", "8080").policy(policy("shop/in", "", INGRESS));
        assertThat(because("shop/web", "service:shop/api", "TCP/80")).hasSize(6).startsWith("denied to all 5 backends of service:shop/api");
    }

    @Test
    void count_the_backends_that_are_open_to_readings() {
        cast.pod("shop/api-2", "app=api, zone=b").service("shop/api", "app=api", "TCP/80", "8080")
            .policy(policy("shop/in", "zone=b", INGRESS).ingress(only(block("10.42.0.0/16"))));
        assertThat(because("shop/web", "service:shop/api", "TCP/80").getFirst()).isEqualTo(
            "unspecified for 1 of 2 backends of service:shop/api: an ipBlock may or may not match a pod's address");
    }

    @Test
    void do_not_change_with_the_list_that_they_were_made_of() {
        var lines = new ArrayList<>(List.of("one"));
        var denied = new Expectation.Denied(lines);
        lines.add("two");
        assertThat(denied.because()).containsExactly("one");
    }
}

package dev.lockdown.policy;

import static dev.lockdown.policy.Written.anyOf;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.namespaces;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.podsOf;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An explanation")
class ExplanationTest {
    private final Cast cast = Cast.cluster().namespace("shop", "team=a").namespace("other", "team=b").host("partner", "203.0.113.7")
        .pod("shop/web", "app=web").pod("shop/api", "app=api, tier=back", "http=TCP/8080").pod("other/job", "app=job");

    private List<String> misses(String source, Rule rule) {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(rule));
        return cast.explain(source, "shop/api", "TCP/80").resolvedFlows().getFirst().ingress().misses().stream().map(Reading::toString)
            .toList();
    }

    private static NamespacedName shop(String name) {
        return new NamespacedName("shop", name);
    }

    @Test
    void tells_a_pod_one_label_short() {
        assertThat(misses("shop/web", only(podsOf("team=a", "app=api"))))
            .containsExactly("shop/in ingress[0].from[0] misses: namespace matches; label app=web, wanted app=api");
    }

    @Test
    void tells_a_namespace_one_label_short() {
        assertThat(misses("other/job", only(podsOf("team=a", "app=job"))))
            .containsExactly("shop/in ingress[0].from[0] misses: namespace label team=b, wanted team=a; pod labels match");
    }

    @Test
    void tells_that_a_pod_selector_alone_stays_at_home() {
        assertThat(misses("other/job", only(pods("app=job")))).containsExactly("shop/in ingress[0].from[0] misses: "
            + "namespace other, and a podSelector alone means the policy's own, shop; pod labels match");
    }

    @Test
    void tells_each_expression_that_is_not_met() {
        assertThat(misses("shop/web", only(pods("app in (api cron); app notin (web); tier; !app")))).containsExactly(
            "shop/in ingress[0].from[0] misses: namespace matches; label app=web, wanted app in (api, cron); "
                + "label app=web, wanted app not in (web); no label tier, wanted any tier; label app=web, wanted no app");
    }

    @Test
    void tells_the_port_where_the_peer_matches() {
        assertThat(misses("shop/web", only(pods("app=web"), "TCP/81", "UDP/80-90", "SCTP"))).containsExactly(
            "shop/in ingress[0].from[0] misses: peer matches; TCP/80 is not among its ports TCP/81, UDP/80-90, SCTP");
    }

    @Test
    void tells_what_a_named_port_really_is() {
        assertThat(misses("shop/web", anybody("TCP/http")))
            .containsExactly("shop/in ingress[0] misses: TCP/80 is not among its ports TCP/http (http of shop/api is TCP/8080)");
    }

    @Test
    void tells_that_nobody_declares_the_named_port() {
        assertThat(misses("shop/web", anybody("TCP/metrics"))).containsExactly(
            "shop/in ingress[0] misses: TCP/80 is not among its ports TCP/metrics (shop/api declares no port named metrics)");
    }

    @Test
    void tells_that_an_address_is_outside_a_block() {
        assertThat(misses("host:partner", only(block("10.0.0.0/8"))))
            .containsExactly("shop/in ingress[0].from[0] misses: 203.0.113.7 is outside 10.0.0.0/8");
    }

    @Test
    void tells_that_an_address_is_excepted() {
        assertThat(misses("host:partner", only(block("0.0.0.0/0", "203.0.113.0/24"))))
            .containsExactly("shop/in ingress[0].from[0] misses: 203.0.113.7 is inside the except 203.0.113.0/24");
    }

    @Test
    void tells_that_selectors_match_only_pods() {
        assertThat(misses("host:partner", only(namespaces(""))))
            .containsExactly("shop/in ingress[0].from[0] misses: host:partner is not a pod, and selectors match only pods");
    }

    @Test
    void puts_the_nearest_miss_first() {
        List<Peer> peers = List.of(block("10.0.0.0/8", "10.42.0.0/16"), podsOf("team=b", "app=api"), podsOf("team=a", "app=api"));
        assertThat(misses("shop/web", anyOf(peers))).first().asString().startsWith("shop/in ingress[0].from[2]");
    }

    @Test
    void tells_which_policy_almost_selects() {
        cast.policy(policy("shop/slip", "app=api; tier=front", INGRESS));
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines())
            .contains("  shop/slip does not select shop/api: label tier=back, wanted tier=front");
    }

    @Test
    void reads_from_the_verdict_to_the_details() {
        cast.policy(policy("shop/deny-all", "", INGRESS, EGRESS))
            .policy(policy("shop/out", "app=web", EGRESS).egress(only(pods("app=api"), "TCP/80")));
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines()).containsExactly(
            "shop/web to shop/api on TCP/80 is denied",
            "denied by shop/deny-all (ingress of shop/api)",
            "egress of shop/web: isolated by shop/deny-all, shop/out",
            "  shop/out egress[0].to[0] admits it",
            "ingress of shop/api: isolated by shop/deny-all");
    }

    @Test
    void tells_that_a_machine_has_no_address_of_the_family() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(block("2001:db8::/32"))));
        var explained = cast.oracle().explain(Cast.flow6("shop/web", "host:partner", "TCP/80"));
        assertThat(explained.lines()).contains("  shop/out egress[0].to[0] misses: host:partner has no IPv6 address");
    }

    @Test
    void tells_peer_and_port_where_both_miss() {
        assertThat(misses("shop/web", only(pods("app=no"), "TCP/81"))).containsExactly("shop/in ingress[0].from[0] misses: "
            + "namespace matches; label app=web, wanted app=no; TCP/80 is not among its ports TCP/81");
    }

    @Test
    void puts_a_miss_by_the_port_alone_before_one_by_two_labels() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(only(pods("app=no; tier"))).ingress(only(pods("app=web"), "TCP/81")));
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").resolvedFlows().getFirst().ingress().misses())
            .extracting(Reading.Misses::distance).containsExactly(1, 2);
    }

    @Test
    void puts_what_admits_before_what_misses() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(anyOf(List.of(pods("app=no"), pods("app=web")))));
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines()).containsSubsequence("  shop/in ingress[0].from[1] admits it",
            "  shop/in ingress[0].from[0] misses: namespace matches; label app=web, wanted app=no");
    }

    @Test
    void shows_ten_rules_of_many() {
        var policy = policy("shop/in", "app=api", INGRESS);
        for (int i = 0; i < 12; i++) policy = policy.ingress(only(pods("app=no" + i)));
        cast.policy(policy);
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines()).hasSize(4 + 10 + 1)
            .endsWith("  and 2 more rules that do not match");
    }

    @Test
    void leaves_none_out_of_ten() {
        var policy = policy("shop/in", "app=api", INGRESS);
        for (int i = 0; i < 10; i++) policy = policy.ingress(only(pods("app=no" + i)));
        cast.policy(policy);
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines()).hasSize(4 + 10).noneMatch(l -> l.contains(" more "));
    }

    @Test
    void names_three_policies_and_counts_the_rest() {
        for (var name : List.of("a", "b", "c")) cast.policy(policy("shop/" + name, "app=api", INGRESS));
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines())
            .contains("denied by shop/a, shop/b, shop/c (ingress of shop/api)");
        cast.policy(policy("shop/d", "app=api", INGRESS));
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines())
            .contains("denied by shop/a, shop/b, shop/c and 1 more (ingress of shop/api)");
    }

    @Test
    void tells_that_only_pods_have_named_ports() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(anybody("TCP/http")));
        assertThat(cast.explain("shop/web", "host:partner", "TCP/80").lines()).contains(
            "  shop/out egress[0] misses: TCP/80 is not among its ports TCP/http (only pods have named ports)");
    }

    @Test
    void counts_another_namespace_as_one_more_miss() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(anyOf(List.of(pods("app=no"), podsOf("team=a", "app=job"),
            podsOf("team=a", "app=no")))));
        assertThat(cast.explain("other/job", "shop/api", "TCP/80").resolvedFlows().getFirst().ingress().misses())
            .extracting(Reading.Misses::path, Reading.Misses::distance).containsExactly(tuple(new RulePath(INGRESS, 0, 1), 1),
                tuple(new RulePath(INGRESS, 0, 0), 2), tuple(new RulePath(INGRESS, 0, 2), 2));
    }

    @Test
    void takes_a_label_and_an_expression_for_two_requirements() {
        cast.policy(policy("shop/slip", "app=api; tier in (front)", INGRESS));
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines())
            .contains("  shop/slip does not select shop/api: label tier=back, wanted tier in (front)");
    }

    @Test
    void says_nothing_of_policies_for_ends_that_have_none() {
        assertThat(cast.explain("node:node-1", "host:partner", "TCP/80").lines()).containsExactly(
            "node:node-1 to host:partner on TCP/80 is allowed", "allowed: no pod at either end, so no policy applies");
    }

    @Test
    void does_not_take_another_pods_policy_for_a_slip() {
        cast.policy(policy("shop/others", "app=others", INGRESS)).policy(policy("shop/both", "app=api; tier=back", INGRESS))
            .policy(policy("shop/far", "app=no; tier=no", INGRESS)).policy(policy("shop/out", "app=api; tier=front", EGRESS));
        assertThat(cast.explain("shop/web", "shop/api", "TCP/80").lines()).noneMatch(l -> l.contains("does not select"));
    }

    @Test
    void follows_a_service_to_its_backend() {
        cast.service("shop/api", "app=api", "TCP/80", "http");
        assertThat(cast.explain("shop/web", "service:shop/api", "TCP/80").lines())
            .contains("arriving at shop/api on TCP/8080: allowed: nothing isolates shop/web (egress) or shop/api (ingress)");
    }

    @Test
    void shows_the_rule_that_only_the_services_own_address_meets() {
        cast.pod("shop/far", "app=far").policy(policy("shop/out", "app=far", EGRESS).egress(only(block("10.43.0.1/32"))))
            .change(new dev.lockdown.state.Change.StopPod(shop("far"))).podOn("node-2", "shop/far", "app=far");
        assertThat(cast.explain("shop/far", "kubernetes-api", "TCP/443").lines()).contains(
            "  shop/out egress[0].to[0] may admit it: policy may see the Service's address and port or those behind it",
            "see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors");
    }

    @Test
    void names_the_policies_that_refuse_as_deciding() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(anybody())).policy(policy("shop/in", "app=api", INGRESS));
        assertThat(cast.oracle().deciding(Cast.flow("shop/web", "shop/api", "TCP/80"))).containsExactly(shop("in"));
    }

    @Test
    void names_the_policies_that_admit_as_deciding() {
        cast.policy(policy("shop/deny", "app=api", INGRESS)).policy(policy("shop/in", "app=api", INGRESS).ingress(anybody()));
        assertThat(cast.oracle().deciding(Cast.flow("shop/web", "shop/api", "TCP/80"))).containsExactly(shop("in"));
    }

    @Test
    void names_the_policies_that_may_admit_as_deciding() {
        cast.policy(policy("shop/deny", "app=api", INGRESS))
            .policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("10.42.0.0/16"))));
        assertThat(cast.oracle().deciding(Cast.flow("shop/web", "shop/api", "TCP/80"))).containsExactly(shop("in"));
    }

    @Test
    void names_no_policy_as_deciding_where_none_had_a_say() {
        cast.policy(policy("shop/deny", "app=api", EGRESS));
        assertThat(cast.oracle().deciding(Cast.flow("shop/web", "shop/api", "TCP/80"))).isEmpty();
    }

    @Test
    void refuses_a_flow_whose_ends_are_not_there() {
        assertThatThrownBy(() -> cast.explain("shop/wbe", "shop/api", "TCP/80")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("there is no pod \"shop/wbe\" in this state");
    }

    @Test
    void refuses_a_flow_from_a_service() {
        cast.service("shop/api", "app=api", "TCP/80", "http");
        assertThatThrownBy(() -> cast.explain("service:shop/api", "shop/api", "TCP/80")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("service:shop/api opens no connections; name one of its pods");
    }
}

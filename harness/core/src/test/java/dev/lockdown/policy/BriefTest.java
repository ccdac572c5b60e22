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
import static org.assertj.core.api.Assertions.tuple;

import dev.lockdown.state.NetworkPolicy.Peer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A brief explanation")
class BriefTest {
    private final Cast cast = Cast.cluster().namespace("shop", "team=a").pod("shop/web", "app=web").pod("shop/api", "app=api")
        .host("partner", "203.0.113.7");

    private Explanation full() {
        return cast.explain("shop/web", "shop/api", "TCP/80");
    }

    private static void saysTheSame(Explanation full) {
        var brief = full.brief();
        assertThat(brief.flow()).isEqualTo(full.flow());
        assertThat(brief.expectation()).isEqualTo(full.expectation());
        assertThat(brief.deciding()).isEqualTo(full.deciding());
        assertThat(brief.resolvedFlows()).extracting(ResolvedFlow::destination, ResolvedFlow::port)
            .isEqualTo(full.resolvedFlows().stream().map(l -> tuple(l.destination(), l.port())).toList());
    }

    private static Side ingress(Explanation explanation) {
        return explanation.resolvedFlows().getFirst().ingress();
    }

    @Test
    void keeps_one_admission_of_each_policy() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(anybody()).ingress(anyOf(List.of(pods("app=no"), pods("app=web")))))
            .policy(policy("shop/too", "app=api", INGRESS).ingress(anybody()));
        saysTheSame(full());
        assertThat(ingress(full()).readings()).hasSize(4);
        assertThat(ingress(full().brief()).readings()).hasToString(
            "[shop/in ingress[0] admits it, shop/too ingress[0] admits it]");
    }

    @Test
    void keeps_the_three_nearest_misses_of_a_refusal() {
        var missing = new Peer[] {pods("app=a; tier; zone"), pods("app=b"), pods("app=c; tier"), pods("app=d"), pods("app=e; tier; zone")};
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(anyOf(List.of(missing))));
        saysTheSame(full());
        assertThat(ingress(full().brief()).misses()).extracting(Reading.Misses::path).extracting(RulePath::peer).containsExactly(1, 3, 2);
    }

    @Test
    void keeps_what_leaves_it_open() {
        cast.policy(policy("shop/deny", "app=api", INGRESS))
            .policy(policy("shop/in", "app=api", INGRESS).ingress(only(block("10.42.0.0/16"))).ingress(only(pods("app=no"))));
        saysTheSame(full());
        assertThat(ingress(full().brief()).readings()).singleElement().isInstanceOf(Reading.Unsettled.class);
    }

    @Test
    void keeps_nothing_of_a_side_that_has_no_say() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(pods("app=api"), "TCP/80"))
            .egress(only(pods("app=api"), "TCP/81")));
        saysTheSame(full());
        assertThat(full().brief().resolvedFlows().getFirst().egress().readings()).hasSize(1);
        assertThat(ingress(full().brief()).readings()).isEmpty();
    }

    @Test
    void forgets_which_policies_almost_select() {
        cast.policy(policy("shop/slip", "app=api; tier=front", INGRESS));
        assertThat(ingress(full()).almostSelecting()).hasSize(1);
        assertThat(ingress(full().brief()).almostSelecting()).isEmpty();
    }
}

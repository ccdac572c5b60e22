package dev.lockdown.policy;

import static dev.lockdown.policy.CastAssert.assertThat;
import static dev.lockdown.policy.Written.anyOf;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.namespaces;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.podsOf;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A peer")
class PeersTest {
    private final Cast cast = Cast.cluster().namespace("shop", "team=a").namespace("other", "team=b")
        .pod("shop/api", "app=api").pod("shop/web", "app=web").pod("shop/cron", "app=cron")
        .pod("other/web", "app=web").pod("other/cron", "app=cron");

    private void admit(Peer... peers) {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(anyOf(List.of(peers))));
    }

    @Test
    void of_a_pod_selector_means_the_policys_own_namespace() {
        admit(pods("app=web"));
        assertThat(cast).allows("shop/web", "shop/api", "TCP/80").denies("shop/cron", "shop/api", "TCP/80")
            .denies("other/web", "shop/api", "TCP/80");
    }

    @Test
    void of_an_empty_pod_selector_is_every_pod_of_the_policys_namespace() {
        admit(pods(""));
        assertThat(cast).allows("shop/cron", "shop/api", "TCP/80").denies("other/web", "shop/api", "TCP/80");
    }

    @Test
    void of_a_namespace_selector_is_every_pod_there() {
        admit(namespaces("team=b"));
        assertThat(cast).allows("other/web", "shop/api", "TCP/80").allows("other/cron", "shop/api", "TCP/80")
            .denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void of_an_empty_namespace_selector_is_every_pod_of_the_cluster() {
        admit(namespaces(""));
        assertThat(cast).allows("other/web", "shop/api", "TCP/80").allows("shop/cron", "shop/api", "TCP/80");
    }

    @Test
    void of_an_empty_namespace_selector_is_no_machine_outside() {
        cast.host("partner", "203.0.113.7");
        admit(namespaces(""));
        assertThat(cast).denies("host:partner", "shop/api", "TCP/80");
    }

    @Test
    void of_both_selectors_in_one_entry_needs_both() {
        admit(podsOf("team=b", "app=web"));
        assertThat(cast).allows("other/web", "shop/api", "TCP/80").denies("other/cron", "shop/api", "TCP/80")
            .denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void of_two_entries_needs_either() {
        admit(namespaces("team=b"), pods("app=web"));
        assertThat(cast).allows("other/cron", "shop/api", "TCP/80").allows("shop/web", "shop/api", "TCP/80")
            .denies("shop/cron", "shop/api", "TCP/80");
    }

    @Test
    void may_be_a_namespace_by_its_name_label() {
        admit(namespaces("kubernetes.io/metadata.name=other"));
        assertThat(cast).allows("other/web", "shop/api", "TCP/80").denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void of_egress_is_the_destination() {
        cast.policy(policy("shop/out", "app=web", EGRESS).egress(only(podsOf("team=b", "app=cron"))));
        assertThat(cast).allows("shop/web", "other/cron", "TCP/80").denies("shop/web", "shop/api", "TCP/80");
    }

    @Test
    void follows_the_labels_of_a_pod() {
        admit(pods("app=web"));
        cast.change(new Change.RelabelPod(new NamespacedName("shop", "cron"), Map.of("app", "web")));
        assertThat(cast).allows("shop/cron", "shop/api", "TCP/80");
    }

    @Test
    void follows_the_labels_of_a_namespace() {
        admit(namespaces("team=c"));
        cast.change(new Change.RelabelNamespace("other", Map.of("team", "c")));
        assertThat(cast).allows("other/web", "shop/api", "TCP/80");
    }

    @Test
    void is_everybody_where_the_rule_has_none() {
        cast.host("partner", "203.0.113.7").policy(policy("shop/in", "app=api", INGRESS).ingress(anybody()));
        assertThat(cast).allows("other/web", "shop/api", "TCP/80").allows("host:partner", "shop/api", "TCP/80")
            .allows("node:node-2", "shop/api", "TCP/80");
    }

    @Test
    void of_one_rule_does_not_borrow_the_ports_of_another() {
        cast.policy(policy("shop/in", "app=api", INGRESS).ingress(only(pods("app=web"), "TCP/80"))
            .ingress(only(pods("app=cron"), "TCP/81")));
        assertThat(cast).allows("shop/web", "shop/api", "TCP/80").denies("shop/web", "shop/api", "TCP/81")
            .allows("shop/cron", "shop/api", "TCP/81").denies("shop/cron", "shop/api", "TCP/80");
    }

    @ParameterizedTest(name = "{0} matches app=web: {1}, app=api: {2}, no label: {3}")
    @CsvSource({
        "app in (web cron), true,  false, false",
        "app notin (web),   false, true,  true",
        "app,               true,  true,  false",
        "!app,              false, false, true",
        "app=web; app,      true,  false, false",
        "app=web; tier,     false, false, false"})
    void may_be_named_by_every_operator(String selector, boolean web, boolean api, boolean none) {
        var labelled = Cast.cluster().pod("shop/web", "app=web").pod("shop/api", "app=api").pod("shop/bare", "").pod("other/server", "")
            .policy(policy("other/in", "", INGRESS).ingress(only(podsOf("", selector))));
        demand(labelled, "shop/web", web);
        demand(labelled, "shop/api", api);
        demand(labelled, "shop/bare", none);
    }

    private static void demand(Cast cast, String source, boolean allowed) {
        if (allowed) assertThat(cast).allows(source, "other/server", "TCP/80");
        else assertThat(cast).denies(source, "other/server", "TCP/80");
    }
}

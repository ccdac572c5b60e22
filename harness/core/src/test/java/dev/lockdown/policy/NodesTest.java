package dev.lockdown.policy;

import static dev.lockdown.policy.CastAssert.assertThat;
import static dev.lockdown.policy.Written.anybody;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.namespaces;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.pods;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A node")
class NodesTest {
    private final Cast cast = Cast.cluster().podOn("node-1", "shop/web", "app=web")
        .hostNetworkPodOn("node-2", "system/agent", "app=agent", "metrics=TCP/9100");

    @Test
    void always_reaches_the_pods_that_it_runs() {
        cast.policy(policy("shop/deny", "", INGRESS, EGRESS));
        assertThat(cast).allows("node:node-1", "shop/web", "TCP/80");
    }

    @Test
    void does_not_reach_an_isolated_pod_of_another_node() {
        cast.policy(policy("shop/deny", "", INGRESS));
        assertThat(cast).denies("node:node-2", "shop/web", "TCP/80");
    }

    @Test
    void is_no_pod_to_a_selector_of_everything() {
        cast.policy(policy("shop/in", "", INGRESS).ingress(only(namespaces(""))));
        assertThat(cast).denies("node:node-2", "shop/web", "TCP/80");
    }

    @Test
    void is_admitted_by_its_address() {
        cast.policy(policy("shop/in", "", INGRESS).ingress(only(block("172.18.0.3/32"))));
        assertThat(cast).allows("node:node-2", "shop/web", "TCP/80");
    }

    @Test
    void of_another_pod_is_a_destination_by_its_address() {
        cast.policy(policy("shop/out", "", EGRESS).egress(only(block("172.18.0.3/32"), "TCP/9100")));
        assertThat(cast).allows("shop/web", "node:node-2", "TCP/9100").denies("shop/web", "node:node-2", "TCP/22");
    }

    @Test
    void of_the_pod_itself_may_or_may_not_be_excused_from_egress() {
        cast.policy(policy("shop/deny", "", EGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.EGRESS_TO_OWN_NODE, "shop/web", "node:node-1", "TCP/22")
            .denies("shop/web", "node:node-2", "TCP/22");
    }

    @Test
    void of_the_pod_itself_is_no_question_where_a_rule_admits_it() {
        cast.policy(policy("shop/out", "", EGRESS).egress(only(block("172.18.0.0/24"))));
        assertThat(cast).allows("shop/web", "node:node-1", "TCP/22");
    }

    @Test
    void is_no_subject() {
        cast.policy(policy("shop/deny", "", INGRESS, EGRESS));
        assertThat(cast).allows("node:node-1", "node:node-2", "TCP/22");
    }

    @Test
    void is_not_decided_upon_before_the_pod_is_scheduled() {
        cast.policy(policy("shop/deny", "", INGRESS)).unscheduled();
        assertThat(cast).leavesOpen(OpenQuestion.NODE_UNKNOWN, "node:node-1", "shop/web", "TCP/80");
    }

    @Test
    void that_is_the_only_one_runs_every_pod() {
        cast.policy(policy("shop/deny", "", INGRESS)).unscheduled().withoutNode("node-2");
        assertThat(cast).allows("node:node-1", "shop/web", "TCP/80");
    }

    @Test
    void is_not_decided_upon_as_a_destination_before_the_pod_is_scheduled() {
        cast.policy(policy("shop/deny", "", EGRESS)).unscheduled();
        assertThat(cast).leavesOpen(OpenQuestion.NODE_UNKNOWN, "shop/web", "node:node-1", "TCP/22");
    }

    @Test
    void that_does_not_exist_is_an_error() {
        assertThatThrownBy(() -> cast.explain("node:node-9", "shop/web", "TCP/80")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("there is no node \"node-9\" in this state");
    }

    @Test
    void may_or_may_not_lend_its_hostnetwork_pods_to_the_policies_that_select_them() {
        cast.policy(policy("system/deny", "", INGRESS, EGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.HOST_NETWORK_SUBJECT, "shop/web", "system/agent", "TCP/9100")
            .leavesOpen(OpenQuestion.HOST_NETWORK_SUBJECT, "system/agent", "shop/web", "TCP/80");
    }

    @Test
    void lends_its_hostnetwork_pods_without_question_where_the_policy_admits_them() {
        cast.policy(policy("system/in", "", INGRESS).ingress(only(namespaces(""))));
        assertThat(cast).allows("shop/web", "system/agent", "TCP/9100");
    }

    @Test
    void may_or_may_not_lend_its_hostnetwork_pods_to_selectors() {
        cast.policy(policy("shop/in", "", INGRESS).ingress(only(namespaces("kubernetes.io/metadata.name=system"))))
            .policy(policy("shop/out", "", EGRESS).egress(only(namespaces(""), "TCP/9100")));
        assertThat(cast).leavesOpen(OpenQuestion.HOST_NETWORK_PEER, "system/agent", "shop/web", "TCP/80")
            .leavesOpen(OpenQuestion.HOST_NETWORK_PEER, "shop/web", "system/agent", "TCP/9100");
    }

    @Test
    void keeps_out_its_hostnetwork_pods_that_no_selector_names() {
        cast.policy(policy("shop/in", "", INGRESS).ingress(only(pods("app=agent"))));
        assertThat(cast).denies("system/agent", "shop/web", "TCP/80");
    }

    @Test
    void brings_in_its_hostnetwork_pods_by_its_address() {
        cast.policy(policy("shop/in", "", INGRESS).ingress(only(block("172.18.0.3/32"))));
        assertThat(cast).allows("system/agent", "shop/web", "TCP/80");
    }

    @Test
    void may_or_may_not_bring_in_its_hostnetwork_pods_as_the_pods_own_node() {
        cast.policy(policy("shop/deny", "", INGRESS)).hostNetworkPodOn("node-1", "system/here", "app=here");
        assertThat(cast).leavesOpen(OpenQuestion.HOST_NETWORK_PEER, "system/here", "shop/web", "TCP/80");
    }

    @Test
    void may_or_may_not_have_the_named_ports_of_its_hostnetwork_pods() {
        cast.policy(policy("shop/out", "", EGRESS).egress(anybody("TCP/metrics")));
        assertThat(cast).leavesOpen(OpenQuestion.HOST_NETWORK_PEER, "shop/web", "system/agent", "TCP/9100")
            .denies("shop/web", "system/agent", "TCP/22");
    }

    @Test
    void lends_its_address_to_its_hostnetwork_pods_that_nobody_gave_one() {
        cast.withoutAddress("system/agent").policy(policy("shop/in", "", INGRESS).ingress(only(block("172.18.0.3/32"))));
        assertThat(cast).allows("system/agent", "shop/web", "TCP/80");
    }
}

package dev.lockdown.policy;

import static dev.lockdown.policy.CastAssert.assertThat;
import static dev.lockdown.policy.Written.block;
import static dev.lockdown.policy.Written.only;
import static dev.lockdown.policy.Written.podsOf;
import static dev.lockdown.policy.Written.policy;
import static dev.lockdown.state.Direction.EGRESS;
import static dev.lockdown.state.Direction.INGRESS;

import dev.lockdown.state.NetworkPolicy.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Kubernetes API")
class KubernetesApiTest {
    private final Cast cast = Cast.cluster().podOn("node-2", "shop/web", "app=web").podOn("node-1", "shop/near", "app=near")
        .pod("default/decoy", "role=decoy");

    private void release(Rule rule) {
        cast.policy(policy("shop/out", "", EGRESS).egress(rule));
    }

    @Test
    void is_reached_where_nothing_isolates() {
        assertThat(cast).allows("shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_cut_off_by_a_denial_of_egress() {
        cast.policy(policy("shop/deny", "", EGRESS));
        assertThat(cast).denies("shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_not_selected_by_the_labels_of_its_service() {
        release(only(podsOf("kubernetes.io/metadata.name=default", "component=apiserver")));
        assertThat(cast).denies("shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_not_even_selected_by_a_selector_of_every_pod() {
        release(only(podsOf("", "")));
        assertThat(cast).denies("shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_healed_by_a_block_of_its_endpoint_and_port() {
        release(only(block("172.18.0.2/32"), "TCP/6443"));
        assertThat(cast).allows("shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_healed_for_the_family_of_the_block_alone() {
        release(only(block("fd18::2/128"), "TCP/6443"));
        assertThat(cast).allowsOverIpv6("shop/web", "kubernetes-api", "TCP/443").denies("shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_not_healed_by_a_block_of_its_endpoint_and_the_services_port() {
        release(only(block("172.18.0.2/32"), "TCP/443"));
        assertThat(cast).denies("shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_left_open_by_a_block_of_the_cluster_ip_alone() {
        release(only(block("10.43.0.1/32"), "TCP/443"));
        assertThat(cast).leavesOpen(OpenQuestion.BEFORE_OR_AFTER_DNAT, "shop/web", "kubernetes-api", "TCP/443");
    }

    @Test
    void has_no_endpoints_on_another_port() {
        assertThat(cast).leavesOpen(OpenQuestion.NO_ENDPOINTS, "shop/web", "kubernetes-api", "TCP/6443");
    }

    @Test
    void may_be_a_machine_that_is_none_of_the_nodes() {
        cast.apiServerAt("192.0.2.1").policy(policy("shop/deny", "", EGRESS));
        assertThat(cast).denies("shop/near", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_the_pods_own_node_to_its_neighbours() {
        cast.policy(policy("shop/deny", "", EGRESS));
        assertThat(cast).leavesOpen(OpenQuestion.EGRESS_TO_OWN_NODE, "shop/near", "kubernetes-api", "TCP/443");
    }

    @Test
    void is_also_the_service_of_that_name() {
        cast.policy(policy("shop/deny", "", EGRESS));
        assertThat(cast).denies("shop/web", "service:default/kubernetes", "TCP/443");
    }

    @Test
    void as_a_source_is_its_node() {
        cast.policy(policy("shop/deny", "", INGRESS));
        assertThat(cast).denies("kubernetes-api", "shop/web", "TCP/8443").allows("kubernetes-api", "shop/near", "TCP/8443");
    }

    @Test
    void as_a_source_is_admitted_by_the_address_of_the_flows_family() {
        cast.policy(policy("shop/in", "", INGRESS).ingress(only(block("fd18::2/128"))));
        assertThat(cast).allowsOverIpv6("kubernetes-api", "shop/web", "TCP/8443").denies("kubernetes-api", "shop/web", "TCP/8443");
    }

    @Test
    void is_denied_without_addresses_where_no_block_could_admit_it() {
        cast.policy(policy("shop/deny", "", EGRESS)).unscheduled();
        assertThat(cast).denies("shop/web", "kubernetes-api", "TCP/443");
    }
}

package dev.lockdown.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.flow.NamespacedName;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An ICMP echo is")
class PingsTest {
    private static final Endpoint WEB = Endpoint.parse("shop/web");
    private static final Endpoint OTHER = Endpoint.parse("other/pod");

    private static Expectation expect(Direction isolated, Endpoint from, Endpoint to) {
        var state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()), new Node("node-2", Map.of()))).after(List.of(
            new Change.ApplyNamespace(new Namespace("shop", Map.of())), new Change.ApplyNamespace(new Namespace("other", Map.of())),
            new Change.StartPod(new Pod(NamespacedName.parse("shop/web"), Map.of(), List.of(), "node-1", false)),
            new Change.StartPod(new Pod(NamespacedName.parse("other/pod"), Map.of(), List.of(), "node-1", false)),
            new Change.ApplyPolicy(new NetworkPolicy(NamespacedName.parse("shop/deny"), LabelSelector.EVERYTHING, EnumSet.of(isolated),
                List.of(), List.of()))));
        return new Oracle(state, Addresses.NONE).expectPing(from, to, Family.IPV4);
    }

    @Test
    void nobodys_business_where_its_end_is_isolated() {
        assertThat(expect(Direction.INGRESS, OTHER, WEB)).isInstanceOf(Expectation.Unspecified.class);
        assertThat(expect(Direction.EGRESS, WEB, OTHER)).isInstanceOf(Expectation.Unspecified.class);
    }

    @Test
    void allowed_in_the_direction_that_is_not_isolated() {
        assertThat(expect(Direction.INGRESS, WEB, OTHER)).isInstanceOf(Expectation.Allowed.class);
        assertThat(expect(Direction.EGRESS, OTHER, WEB)).isInstanceOf(Expectation.Allowed.class);
    }

    @Test
    void allowed_from_the_pods_own_node_and_from_itself_alone() {
        assertThat(expect(Direction.INGRESS, WEB, WEB)).isInstanceOf(Expectation.Allowed.class);
        assertThat(expect(Direction.INGRESS, new Endpoint.Node("node-1"), WEB)).isInstanceOf(Expectation.Allowed.class);
        assertThat(expect(Direction.INGRESS, new Endpoint.Node("node-2"), WEB)).isInstanceOf(Expectation.Unspecified.class);
    }

    @Test
    void nothing_that_a_service_could_answer() {
        assertThatThrownBy(() -> expect(Direction.INGRESS, WEB, new Endpoint.KubernetesApi()))
            .hasMessage("kubernetes-api is no machine that could answer ICMP");
    }
}

package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.NamespacedName;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A state of a cluster")
class ClusterStateTest {
    private static final NamespacedName WEB = new NamespacedName("shop", "web");
    private static final NetworkPolicy DENY = new NetworkPolicy(new NamespacedName("shop", "deny"), LabelSelector.EVERYTHING,
        EnumSet.of(Direction.INGRESS), List.of(), List.of());

    private final ClusterState before = ClusterState.ofNodes(List.of(new Node("node-1", Map.of())))
        .after(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())),
            new Change.StartPod(new Pod(WEB, Map.of(), List.of(), "node-1", false))));

    @Test
    void shares_what_a_change_does_not_touch_with_the_one_before() {
        var after = before.after(new Change.ApplyPolicy(DENY));
        assertThat(after.pods()).isSameAs(before.pods());
        assertThat(after.namespaces()).isSameAs(before.namespaces());
        assertThat(after.services()).isSameAs(before.services());
        assertThat(after.hosts()).isSameAs(before.hosts());
        assertThat(after.policies()).containsOnlyKeys(DENY.name());
    }

    @Test
    void is_not_changed_by_what_comes_after_it() {
        before.after(List.of(new Change.StopPod(WEB), new Change.ApplyPolicy(DENY)));
        assertThat(before.pods()).containsOnlyKeys(WEB);
        assertThat(before.policies()).isEmpty();
        assertThatThrownBy(() -> before.pods().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> before.pods().keySet().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void is_in_the_order_of_names_and_equal_to_one_that_was_reached_another_way() {
        var api = new Change.StartPod(new Pod(new NamespacedName("shop", "api"), Map.of(), List.of(), "node-1", false));
        var after = before.after(api);
        assertThat(after.pods().keySet()).map(NamespacedName::name).containsExactly("api", "web");
        assertThat(after.after(new Change.StopPod(new NamespacedName("shop", "api")))).isEqualTo(before).hasSameHashCodeAs(before);
        assertThat(after).isNotEqualTo(before);
    }
}

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

    @Test
    void loses_with_a_namespace_what_is_in_it_and_nothing_else() {
        var shop = new Service(new NamespacedName("shop", "api"), Map.of(), Map.of(), List.of(), Service.Type.CLUSTER_IP);
        var crm = new Service(new NamespacedName("crm", "api"), Map.of(), Map.of(), List.of(), Service.Type.CLUSTER_IP);
        var other = new NamespacedName("crm", "web");
        var all = before.after(List.of(new Change.ApplyNamespace(new Namespace("crm", Map.of())), new Change.ApplyPolicy(DENY),
            new Change.ApplyPolicy(deny("crm")), new Change.ApplyService(shop), new Change.ApplyService(crm),
            new Change.StartPod(new Pod(other, Map.of(), List.of(), "node-1", false))));
        var after = all.after(new Change.DeleteNamespace("shop"));
        assertThat(after.namespaces()).doesNotContainKey("shop").containsKey("crm");
        assertThat(after.pods()).containsOnlyKeys(other);
        assertThat(after.services()).containsOnlyKeys(crm.name());
        assertThat(after.policies()).containsOnlyKeys(new NamespacedName("crm", "deny"));
    }

    @Test
    void keeps_of_a_policy_that_is_updated_without_types_those_that_it_had() {
        var untyped = new NetworkPolicy(DENY.name(), LabelSelector.EVERYTHING, EnumSet.noneOf(Direction.class), List.of(), List.of());
        var egress = new NetworkPolicy(DENY.name(), LabelSelector.EVERYTHING, EnumSet.of(Direction.EGRESS), List.of(), List.of());
        var updated = before.after(List.of(new Change.ApplyPolicy(egress), new Change.ApplyPolicy(untyped)));
        assertThat(updated.policies().get(DENY.name()).types()).containsExactly(Direction.EGRESS);
        assertThat(before.after(new Change.ApplyPolicy(untyped)).policies().get(DENY.name()).types()).containsExactly(Direction.INGRESS);
    }

    @Test
    void has_the_hosts_that_were_added() {
        var host = new ExternalHost("partner.example", List.of(), List.of());
        assertThat(before.after(new Change.AddHost(host)).hosts()).containsOnlyKeys("partner.example");
    }

    @Test
    void says_what_there_is_instead_of_what_is_not_there() {
        assertThatThrownBy(() -> before.after(new Change.StopPod(new NamespacedName("shop", "wbe"))))
            .hasMessage("there is no pod \"shop/wbe\"; there are: shop/web");
        assertThatThrownBy(() -> before.after(new Change.DeletePolicy(DENY.name())))
            .hasMessage("there is no policy \"shop/deny\"; there are: none");
    }

    private static NetworkPolicy deny(String namespace) {
        return new NetworkPolicy(new NamespacedName(namespace, "deny"), LabelSelector.EVERYTHING, EnumSet.of(Direction.INGRESS), List.of(),
            List.of());
    }
}

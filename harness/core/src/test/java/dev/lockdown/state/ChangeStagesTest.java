package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Changes in stages")
class ChangeStagesTest {
    private static final Change NAMESPACE = new Change.ApplyNamespace(new Namespace("shop", Map.of()));
    private static final Change WEB = start("web");
    private static final Change API = start("api");
    private static final Change DENY = policy("shop");
    private static final Change CANARY = policy("canary");

    private static Change start(String name) {
        return new Change.StartPod(new Pod(new NamespacedName("shop", name), Map.of(), List.of(), "node-1", false));
    }

    private static Change policy(String namespace) {
        return new Change.ApplyPolicy(new NetworkPolicy(new NamespacedName(namespace, "deny"), LabelSelector.EVERYTHING,
            Set.of(Direction.INGRESS), List.of(), List.of()));
    }

    private static Change stop(String name) {
        return new Change.StopPod(new NamespacedName("shop", name));
    }

    private static List<List<Change>> stages(Change... changes) {
        return ChangeStages.of(List.of(changes), "canary"::equals);
    }

    @Test
    void hold_pods_and_policies_of_different_names_together() {
        assertThat(stages(NAMESPACE, WEB, API, DENY)).containsExactly(List.of(NAMESPACE), List.of(WEB, API, DENY));
    }

    @Test
    void stop_a_pod_before_it_is_started_again() {
        assertThat(stages(stop("web"), stop("api"), WEB, API)).containsExactly(List.of(stop("web"), stop("api")), List.of(WEB, API));
    }

    @Test
    void change_an_object_once_in_each() {
        var deleted = new Change.DeletePolicy(new NamespacedName("shop", "deny"));
        var relabelled = new Change.RelabelPod(new NamespacedName("shop", "web"), Map.of("app", "x"));
        assertThat(stages(DENY, deleted, DENY)).containsExactly(List.of(DENY), List.of(deleted), List.of(DENY));
        assertThat(stages(WEB, relabelled, DENY)).containsExactly(List.of(WEB), List.of(relabelled, DENY));
    }

    @Test
    void hold_the_policies_that_must_come_last_apart() {
        var reopened = new Change.DeletePolicy(new NamespacedName("canary", "deny"));
        assertThat(stages(DENY, CANARY)).containsExactly(List.of(DENY), List.of(CANARY));
        assertThat(stages(WEB, reopened)).containsExactly(List.of(WEB), List.of(reopened));
    }

    @Test
    void are_none_where_nothing_changes() {
        assertThat(stages()).isEmpty();
    }
}

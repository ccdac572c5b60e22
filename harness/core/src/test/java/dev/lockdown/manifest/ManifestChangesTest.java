package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.policyWith;
import static dev.lockdown.manifest.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The changes of a manifest")
class ManifestChangesTest {
    private static final String NAMESPACE = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n---\n";
    private static final String POD =
        "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {nodeName: n-1, containers: [{name: a}]}}\n---\n";
    private static final String SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}\n---\n";
    private static final String POLICY = policyWith("podSelector: {}") + "---\n";
    private static final String DAEMON_SET =
        "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent}, spec: {template: {spec: {containers: [{name: a}]}}}}";
    private static final ClusterState CLUSTER = ClusterState.ofNodes(List.of(new Node("n-1", Map.of())));

    @Test
    void begin_with_namespaces_and_end_with_policies() {
        assertThat(read(POLICY + SERVICE + POD + NAMESPACE).changes()).extracting(Object::getClass).containsExactly(
            Change.ApplyNamespace.class, Change.ApplyService.class, Change.StartPod.class, Change.ApplyPolicy.class);
    }

    @Test
    void start_one_pod_of_a_daemon_set_where_the_nodes_are_not_known() {
        assertThat(started(read(DAEMON_SET).changes())).extracting(p -> p.name().name(), Pod::node).containsExactly(
            tuple("agent-1", ""));
    }

    @Test
    void start_a_pod_of_a_daemon_set_on_every_node() {
        assertThat(started(read(DAEMON_SET).changes(List.of("n-1", "n-2")))).extracting(p -> p.name().name(), Pod::node).containsExactly(
            tuple("agent-n-1", "n-1"), tuple("agent-n-2", "n-2"));
    }

    @Test
    void can_be_made_to_the_cluster_that_the_manifest_fits() {
        var manifest = read(POLICY + SERVICE + POD + NAMESPACE);
        manifest.requireFits(CLUSTER);
        assertThatCode(() -> CLUSTER.after(manifest.changes())).doesNotThrowAnyException();
    }

    @Test
    void are_refused_for_a_namespace_that_is_not_there() {
        var state = CLUSTER.after(new Change.ApplyNamespace(new Namespace("shopp", Map.of())));
        assertThat(refusal(SERVICE + POLICY, state)).isEqualTo("""
            a.yaml:1:1: namespace "shop" of Service shop/web is not there
              did you mean "shopp"? there are: shopp""");
    }

    @Test
    void are_refused_for_a_node_that_is_not_there() {
        assertThat(refusal(NAMESPACE + POD.replace("n-1", "node-7"), CLUSTER)).isEqualTo("""
            a.yaml:3:1: node "node-7" of pod shop/web is not there
              there are: n-1""");
    }

    @Test
    void are_refused_for_a_pod_that_is_there_already() {
        var state = CLUSTER.after(read(NAMESPACE + POD).changes());
        assertThat(refusal(POD, state)).isEqualTo("""
            a.yaml:1:1: pod shop/web is there already
              pods cannot be updated in place; stop it first, or rename this one""");
    }

    @Test
    void are_refused_for_a_service_or_a_policy_in_a_namespace_that_is_not_there() {
        assertThat(Texts.messageOf(() -> read(SERVICE).requireFits(CLUSTER))).startsWith(
            "a.yaml:1:1: namespace \"shop\" of Service shop/web is not there\n");
        assertThat(Texts.messageOf(() -> read(POLICY).requireFits(CLUSTER))).startsWith(
            "a.yaml:1:1: namespace \"shop\" of NetworkPolicy shop/x is not there\n");
    }

    @Test
    void of_pods_without_a_node_fit_any_cluster() {
        assertThatCode(() -> read(NAMESPACE + DAEMON_SET).requireFits(CLUSTER)).doesNotThrowAnyException();
    }

    @Test
    void keep_the_texts_of_policies_apart() {
        assertThat(read(NAMESPACE + POLICY).writtenPolicies()).singleElement().extracting(Resource::text).isEqualTo(
            policyWith("podSelector: {}").strip());
    }

    private static List<Pod> started(List<Change> changes) {
        return changes.stream().map(c -> ((Change.StartPod) c).pod()).toList();
    }

    private static String refusal(String text, ClusterState state) {
        return Texts.messageOf(() -> read(text).requireFits(state));
    }
}

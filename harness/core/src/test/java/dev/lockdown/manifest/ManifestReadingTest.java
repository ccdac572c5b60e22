package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Resource.OfNamespace;
import dev.lockdown.manifest.yaml.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A manifest")
class ManifestReadingTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing", "---", "---\n---\n", "null", "\uFEFF"})
    void may_be_empty(String text) {
        assertThat(read(text)).isEqualTo(new Manifest(List.of(), List.of()));
    }

    @Test
    void keeps_its_objects_in_order_with_their_places() {
        assertThat(read("""
            {apiVersion: v1, kind: Namespace, metadata: {name: b}}
            ---
            # a comment
            apiVersion: v1
            kind: Namespace
            metadata: {name: a}
            """).resources()).extracting(Resource::at).containsExactly(new Position("a.yaml", 1, 1), new Position("a.yaml", 4, 1));
    }

    @Test
    void keeps_the_text_of_each_object_with_its_comments() {
        assertThat(read("""
            # first
            {apiVersion: v1, kind: Namespace, metadata: {name: b}}
            ---

            # second
            apiVersion: v1
            kind: Namespace
            metadata:
              name: a # the shop

            ---
            """).resources()).extracting(Resource::text).containsExactly("""
            # first
            {apiVersion: v1, kind: Namespace, metadata: {name: b}}""", """
            # second
            apiVersion: v1
            kind: Namespace
            metadata:
              name: a # the shop""");
    }

    @Test
    void unfolds_a_list() {
        assertThat(read("""
            apiVersion: v1
            kind: List
            metadata: {resourceVersion: ""}
            items:
            # first
            - apiVersion: v1
              kind: Namespace
              metadata:
                name: a
            # second
            - {apiVersion: v1, kind: Namespace, metadata: {name: b}}
            """).resources()).extracting(Resource::text).containsExactly("""
            apiVersion: v1
            kind: Namespace
            metadata:
              name: a""", "{apiVersion: v1, kind: Namespace, metadata: {name: b}}");
    }

    @Test
    void unfolds_a_list_whose_items_leave_out_their_kind() {
        assertThat(read("{apiVersion: v1, kind: NamespaceList, items: [{metadata: {name: a}}]}").resources())
            .singleElement().isInstanceOf(OfNamespace.class);
    }

    @Test
    void may_be_json() {
        assertThat(read("""
            {
            \t"apiVersion": "v1",
            \t"kind": "Namespace",
            \t"metadata": {"name": "a", "labels": {"team": "\\u0061"}}
            }
            """).resources()).singleElement().extracting(r -> ((OfNamespace) r).namespace().labels()).isEqualTo(
            Map.of("kubernetes.io/metadata.name", "a", "team", "a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1021, 1022, 1023, 1024, 1025})
    void may_have_a_character_outside_the_basic_plane_anywhere(int before) {
        var text = "# %s\uD83D\uDE00\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}".formatted("x".repeat(before));
        assertThat(read(text).resources()).singleElement().extracting(Resource::text).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!str 80", "! 80", "'80'", "\"80\"", "|-\n    80"})
    void may_say_that_a_number_is_a_string(String value) {
        assertThat(read("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: " + value).resources()).singleElement()
            .extracting(r -> ((OfNamespace) r).namespace().name()).isEqualTo("80");
    }

    @Test
    void may_merge_one_mapping_into_another_whose_own_keys_win() {
        assertThat(read("""
            apiVersion: v1
            kind: Namespace
            metadata:
              name: a
              annotations: &base {team: x, tier: two}
              labels:
                <<: [*base, {tier: z, zone: w}]
                team: own
            """).resources()).singleElement().extracting(r -> ((OfNamespace) r).namespace().labels()).isEqualTo(
            Map.of("kubernetes.io/metadata.name", "a", "team", "own", "tier", "two", "zone", "w"));
    }

    @Test
    void counts_what_it_skips_in_one_note() {
        assertThat(read("""
            {apiVersion: v1, kind: ConfigMap, data: {a: "{{ x }}"}}
            ---
            {apiVersion: v1, kind: ConfigMap}
            ---
            {apiVersion: networking.k8s.io/v1, kind: Ingress}
            ---
            {apiVersion: serving.knative.dev/v1, kind: Service}
            """).notes()).extracting(Note::toString)
            .containsExactly("skipped: 2 ConfigMap, 1 Ingress, 1 Service; Lockdown reads Namespace, Pod, Service, NetworkPolicy, "
                + "Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, EndpointSlice, Endpoints, List, "
                + "and what else has a pod template");
    }

    @Test
    void warns_of_policies_of_other_kinds() {
        assertThat(read("{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy}").notes()).extracting(Note::toString)
            .contains("a.yaml:1:1: CiliumNetworkPolicy is not read, so nothing here expects what it allows or denies");
    }

    @Test
    void of_policies_has_nothing_else() {
        assertThat(refusalOfPolicies("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}")).isEqualTo("""
            a.feature:9:13: kind "Namespace" stands where a NetworkPolicy is expected
              expected kind: NetworkPolicy of apiVersion: networking.k8s.io/v1""");
    }

    @Test
    void of_policies_has_at_least_one() {
        assertThat(refusalOfPolicies("# later")).isEqualTo("""
            a.feature:8:7: there is no NetworkPolicy here
              expected one or more, separated by ---""");
    }

    @Test
    void of_policies_names_no_other_namespace() {
        assertThat(refusalOfPolicies(Texts.policyWith("podSelector: {}").replace("name: x", "name: x, namespace: bank"))).isEqualTo("""
            a.feature:10:38: NetworkPolicy.metadata.namespace is "bank", but the policy is applied to "shop"
              leave the namespace out of the manifest, or apply it to the one it names""");
    }

    @Test
    void of_policies_may_name_the_namespace_that_it_is_applied_to() {
        var text = Texts.policyWith("podSelector: {}").replace("name: x", "name: x, namespace: shop");
        assertThat(Manifests.readPolicies(Position.startOf("a.yaml"), text, "shop").policies()).hasSize(1);
    }

    private static String refusalOfPolicies(String text) {
        return Texts.messageOf(() -> Manifests.readPolicies(new Position("a.feature", 8, 7), text, "shop"));
    }
}

package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An object is refused")
class ObjectMistakesTest {

    @Test
    void when_it_is_no_mapping() {
        assertThat(refusal("- a")).isEqualTo("""
            a.yaml:1:1: expected a Kubernetes object, found a list
              an object is a mapping that begins with apiVersion and kind""");
    }

    @Test
    void when_it_has_no_kind() {
        assertThat(refusal("apiVersion: v1")).isEqualTo("""
            a.yaml:1:1: the object has no kind
              expected one, such as kind: NetworkPolicy""");
    }

    @Test
    void when_it_is_a_list_that_was_cut_off_before_its_end() {
        assertThat(refusal("apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata: {name: shop}\n- apiVersion: v"))
            .isEqualTo("""
                a.yaml:1:1: a list of objects has no kind: it was cut off
                  print it again to its end, where kind: List stands, or write it there""");
    }

    @Test
    void when_it_has_no_apiVersion() {
        assertThat(refusal("kind: Deployment")).isEqualTo("""
            a.yaml:1:1: the object has no apiVersion
              expected one, such as apiVersion: apps/v1""");
    }

    @Test
    void when_its_kind_is_misspelt() {
        assertThat(refusal("apiVersion: networking.k8s.io/v1\nkind: Networkpolicy")).isEqualTo("""
            a.yaml:2:7: unknown kind "Networkpolicy"
              did you mean "NetworkPolicy"? known kinds: Namespace, Pod, Service, NetworkPolicy, Deployment, StatefulSet, DaemonSet, \
            ReplicaSet, ReplicationController, Job, CronJob, EndpointSlice, Endpoints, List""");
    }

    @Test
    void when_its_kind_is_no_word() {
        assertThat(refusal("apiVersion: v1\nkind: \"\\e[31m\"")).startsWith("a.yaml:2:7: unknown kind \"\\u001b[31m\"\n");
    }

    @Test
    void when_its_kind_is_known_and_its_version_is_not() {
        assertThat(refusal("apiVersion: apps/v1beta2\nkind: Deployment")).isEqualTo("""
            a.yaml:1:13: Deployment of apiVersion "apps/v1beta2" is not read
              expected apiVersion: apps/v1""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"extensions/v1beta1", "v1", "networking.k8s.io/v1beta1"})
    void when_it_is_a_policy_of_another_api(String apiVersion) {
        assertThat(refusal("apiVersion: %s\nkind: NetworkPolicy".formatted(apiVersion))).isEqualTo("""
            a.yaml:1:13: NetworkPolicy of apiVersion "%s" is not read
              expected apiVersion: networking.k8s.io/v1""".formatted(apiVersion));
    }

    @Test
    void when_a_field_beside_its_spec_is_unknown() {
        assertThat(refusal("apiVersion: v1\nkind: Namespace\nmetdata: {name: a}")).isEqualTo("""
            a.yaml:3:1: unknown field "metdata" in Namespace
              did you mean "metadata"? known here: apiVersion, kind, metadata, spec, status, $patch""");
    }

    @Test
    void when_it_has_no_metadata() {
        assertThat(refusal("apiVersion: v1\nkind: Namespace")).isEqualTo("""
            a.yaml:1:1: Namespace has no metadata
              expected one, such as metadata: {name: web}""");
    }

    @Test
    void when_it_has_no_name() {
        assertThat(refusal("apiVersion: v1\nkind: Namespace\nmetadata: {labels: {}}")).isEqualTo("""
            a.yaml:3:11: Namespace.metadata has no name
              expected one, such as name: web""");
    }

    @Test
    void when_its_name_is_to_be_generated() {
        assertThat(refusal("apiVersion: v1\nkind: Pod\nmetadata: {generateName: web-}")).isEqualTo("""
            a.yaml:3:12: Pod.metadata has generateName but no name
              a generated name differs from run to run; give it a name""");
    }

    @Test
    void when_a_field_of_its_metadata_is_misspelt() {
        assertThat(refusal("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, lables: {}}"))
            .startsWith("a.yaml:3:21: unknown field \"lables\" in Namespace.metadata\n  did you mean \"labels\"? known here: name, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "shop.eu", "shop-", "-shop", "s_p"})
    void when_a_namespace_is_no_RFC_1123_label(String name) {
        assertThat(refusal("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}".formatted(name))).isEqualTo("""
            a.yaml:3:18: Namespace.metadata.name is "%s"
              expected at most 63 of a-z, 0-9 and "-", the first and last no "-" (RFC 1123 label), such as shop-1""".formatted(name));
    }

    @Test
    void when_the_name_of_a_namespace_has_64_characters() {
        assertThat(refusal("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}".formatted("a".repeat(64))))
            .contains("expected at most 63 of a-z, 0-9 and \"-\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deny", "a..b", "deny_all", ".a", "a."})
    void when_the_name_of_a_policy_is_no_RFC_1123_subdomain(String name) {
        assertThat(refusal("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: %s}".formatted(name))).isEqualTo("""
            a.yaml:3:18: NetworkPolicy.metadata.name is "%s"
              expected at most 253 of a-z, 0-9, "-" and ".", each part beginning and ending with a letter or digit (RFC 1123 subdomain), \
            such as deny-all""".formatted(name));
    }

    @Test
    void when_the_name_of_a_policy_has_254_characters() {
        assertThat(refusal("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: %s}".formatted("a".repeat(254))))
            .contains("\"\n  expected at most 253 of ".replace("\"\n", "…\"\n"));
    }

    @Test
    void when_it_names_a_namespace_that_cannot_be() {
        assertThat(refusal("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: B}"))
            .startsWith("a.yaml:3:32: Pod.metadata.namespace is \"B\"\n");
    }

    @Test
    void when_it_is_a_list_of_lists_of_lists() {
        assertThat(refusal("{kind: List, items: [".repeat(8) + "]}".repeat(8))).startsWith("a.yaml:1:85: nested more than 3 levels deep\n");
    }

    @Test
    void when_the_name_of_a_service_is_no_RFC_1035_label() {
        assertThat(refusal("apiVersion: v1\nkind: Service\nmetadata: {name: 1st}")).isEqualTo("""
            a.yaml:3:18: Service.metadata.name is "1st"
              expected at most 63 of a-z, 0-9 and "-", beginning with a letter and not ending with "-" (RFC 1035 label), such as api""");
    }

    @Test
    void when_its_name_is_a_number() {
        assertThat(refusal("apiVersion: v1\nkind: Namespace\nmetadata: {name: 1}")).isEqualTo("""
            a.yaml:3:18: Namespace.metadata.name is the number 1; expected a string
              put it in quotes: "1\"""");
    }

    @Test
    void when_a_namespace_is_in_a_namespace() {
        assertThat(refusal("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, namespace: b}")).isEqualTo("""
            a.yaml:3:32: Namespace.metadata.namespace is set, but a Namespace is in no namespace
              remove it""");
    }

    @Test
    void when_it_is_there_twice() {
        assertThat(refusal("""
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {podSelector: {}}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: shop}, spec: {podSelector: {}}}
            """)).isEqualTo("""
            a.yaml:3:1: NetworkPolicy shop/a is there twice
              first at a.yaml:1:1; rename or remove one of them""");
    }

    @Test
    void when_two_objects_make_the_same_pod() {
        assertThat(refusal("""
            {apiVersion: v1, kind: Pod, metadata: {name: web-0}, spec: {containers: [{name: a}]}}
            ---
            {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}, spec: {template: {spec: {containers: [{name: a}]}}}}
            """)).isEqualTo("""
            a.yaml:3:1: pod shop/web-0 is there twice
              first at a.yaml:1:1; rename or remove one of them""");
    }
}

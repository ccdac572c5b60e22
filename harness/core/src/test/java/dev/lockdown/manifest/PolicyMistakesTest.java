package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.refusal;
import static dev.lockdown.manifest.Texts.refusalOfSpec;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A NetworkPolicy is refused")
class PolicyMistakesTest {

    @Test
    void when_a_field_is_misspelt() {
        assertThat(refusalOfSpec("podSelecter: {}")).isEqualTo("""
            a.yaml:5:3: unknown field "podSelecter" in NetworkPolicy.spec
              did you mean "podSelector"? known here: podSelector, policyTypes, ingress, egress""");
    }

    @Test
    void when_a_rule_of_one_direction_has_the_peers_of_the_other() {
        assertThat(refusalOfSpec("ingress: [{to: []}]")).isEqualTo("""
            a.yaml:5:14: unknown field "to" in NetworkPolicy.spec.ingress[0]
              known here: from, ports""");
    }

    @Test
    void when_it_has_no_spec() {
        assertThat(refusal("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: x}
            """)).isEqualTo("""
            a.yaml:1:1: NetworkPolicy has no spec
              write one; a policy that denies all ingress has spec: {podSelector: {}, policyTypes: [Ingress]}""");
    }

    @Test
    void when_its_spec_is_empty() {
        assertThat(refusal("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: x}
            spec:
            """)).startsWith("a.yaml:4:1: NetworkPolicy has no spec\n");
    }

    @Test
    void when_a_list_stands_where_a_mapping_is_expected() {
        assertThat(refusalOfSpec("podSelector: []")).isEqualTo("""
            a.yaml:5:16: NetworkPolicy.spec.podSelector is a list; expected a mapping
              a mapping has no dashes or brackets: write key: value, or {} for none""");
    }

    @Test
    void when_a_mapping_stands_where_a_list_is_expected() {
        assertThat(refusalOfSpec("ingress: {from: []}")).isEqualTo("""
            a.yaml:5:12: NetworkPolicy.spec.ingress is a mapping; expected a list
              start each entry with a dash on a line of its own""");
    }

    @Test
    void when_a_rule_is_an_empty_entry() {
        assertThat(refusalOfSpec("""
            ingress:
            -
            """)).isEqualTo("""
            a.yaml:6:4: NetworkPolicy.spec.ingress[0] is empty; expected a mapping
              write its fields as key: value, or {} for none""");
    }

    @Test
    void when_a_policy_type_is_in_the_wrong_case() {
        assertThat(refusalOfSpec("policyTypes: [ingress]")).isEqualTo("""
            a.yaml:5:17: NetworkPolicy.spec.policyTypes[0] is "ingress"
              did you mean "Ingress"? expected one of: Ingress, Egress""");
    }

    @Test
    void when_it_has_more_than_two_policy_types() {
        assertThat(refusalOfSpec("policyTypes: [Ingress, Egress, Ingress]")).isEqualTo("""
            a.yaml:5:3: NetworkPolicy.spec.policyTypes has 3 entries
              expected Ingress, Egress or both""");
    }

    @Test
    void when_a_peer_selects_nothing() {
        assertThat(refusalOfSpec("""
            ingress:
            - from:
              - {}
            """)).isEqualTo("""
            a.yaml:7:7: NetworkPolicy.spec.ingress[0].from[0] selects nothing: a peer needs podSelector, namespaceSelector or ipBlock
              every pod of the policy's namespace is podSelector: {}, every pod of all namespaces namespaceSelector: {}; \
            for everybody leave the list of peers out""");
    }

    @Test
    void when_the_only_selector_of_a_peer_is_empty() {
        assertThat(refusalOfSpec("egress: [{to: [{podSelector: }]}]")).startsWith(
            "a.yaml:5:18: NetworkPolicy.spec.egress[0].to[0] selects nothing: a peer needs podSelector, namespaceSelector or ipBlock\n");
    }

    @Test
    void when_an_ip_block_stands_beside_a_pod_selector() {
        assertThat(refusalOfSpec("""
            ingress:
            - from:
              - podSelector: {}
                ipBlock: {cidr: 10.0.0.0/8}
            """)).isEqualTo("""
            a.yaml:8:7: NetworkPolicy.spec.ingress[0].from[0] has ipBlock beside podSelector
              a peer is addresses or pods, not both; write two entries, each with its own dash""");
    }

    @Test
    void when_an_ip_block_stands_beside_a_namespace_selector() {
        assertThat(refusalOfSpec("ingress: [{from: [{namespaceSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]"))
            .startsWith("a.yaml:5:45: NetworkPolicy.spec.ingress[0].from[0] has ipBlock beside namespaceSelector\n");
    }
}

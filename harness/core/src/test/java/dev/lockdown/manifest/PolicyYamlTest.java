package dev.lockdown.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A policy that was written")
class PolicyYamlTest {

    @ParameterizedTest
    @ValueSource(strings = {"podSelector: {}", "policyTypes: [Ingress, Egress]", "egress: [{}]", "ingress: [{ports: [{port: 80}]}]",
        "podSelector: {matchLabels: {app: web, \"yes\": \"1\", a.b/c: \"\"}}",
        "podSelector: {matchExpressions: [{key: \"on\", operator: NotIn, values: [a, \"2\"]}, {key: b, operator: Exists}]}",
        "ingress: [{from: [{podSelector: {}, namespaceSelector: {}}, {podSelector: {}}, {namespaceSelector: {matchLabels: {a: b}}}]}]",
        "egress: [{to: [{ipBlock: {cidr: \"::/0\", except: [\"2001:db8::/32\"]}}, {ipBlock: {cidr: 10.0.0.0/8}}], ports: [{}]}, {}]",
        "ingress: [{ports: [{port: http}, {port: \"on\", protocol: SCTP}, {port: 1, endPort: 2, protocol: UDP}, {protocol: UDP}]}]"})
    void reads_back_as_it_was(String spec) {
        var policy = Texts.read(Texts.policyWith(spec).replace("name: x", "name: \"1\", namespace: \"2\"")).policies().getFirst();
        assertThat(Texts.read(PolicyYaml.of(policy)).policies()).containsExactly(policy);
    }

    @Test
    void is_as_short_as_a_person_would_write_it() {
        var policy = Texts.policy("""
            podSelector: {matchLabels: {app: web}}
            policyTypes: [Egress]
            egress:
            - to: [{podSelector: {}}]
              ports: [{port: 80}, {port: 1, endPort: 2}]
            - {}
            """);
        assertThat(PolicyYaml.of(policy)).isEqualTo("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: x
              namespace: shop
            spec:
              podSelector: {matchLabels: {app: "web"}}
              policyTypes: [Egress]
              egress:
              - to:
                - podSelector: {}
                ports:
                - {protocol: TCP, port: 80}
                - {protocol: TCP, port: 1, endPort: 2}
              - {}
            """);
    }
}

package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.refusal;
import static dev.lockdown.manifest.Texts.refusalOfSpec;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An unknown field is refused")
class UnknownFieldTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "podSelector: {matchExpressions: [{key: a, operator: Exists, zzz: 1}]} | NetworkPolicy.spec.podSelector.matchExpressions[0]",
        "ingress: [{zzz: 1}]                                                   | NetworkPolicy.spec.ingress[0]",
        "ingress: [{from: [{podSelector: {}, zzz: 1}]}]                        | NetworkPolicy.spec.ingress[0].from[0]",
        "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, zzz: 1}}]}]            | NetworkPolicy.spec.ingress[0].from[0].ipBlock",
        "egress: [{ports: [{port: 80, zzz: 1}]}]                               | NetworkPolicy.spec.egress[0].ports[0]"})
    void anywhere_in_a_policy(String spec, String place) {
        assertThat(refusalOfSpec(spec)).contains("unknown field \"zzz\" in %s\n".formatted(place));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Namespace, v1       | {finalizers: [], zzz: 1}    | Namespace.spec",
        "Pod, v1             | {containers: [{ports: [{containerPort: 1, zzz: 1}]}]}    | Pod.spec.containers[0].ports[0]",
        "Deployment, apps/v1 | {template: {zzz: 1, spec: {containers: [{name: a}]}}}    | Deployment.spec.template",
        "Deployment, apps/v1 | {template: {metadata: {zzz: 1}, spec: {containers: [{name: a}]}}}    | Deployment.spec.template.metadata"})
    void where_the_fields_are_few(String kind, String spec, String place) {
        var parts = kind.split(", ");
        assertThat(refusal("kind: %s\napiVersion: %s\nmetadata: {name: a}\nspec: %s".formatted(parts[0], parts[1], spec)))
            .contains("unknown field \"zzz\" in %s\n".formatted(place));
    }

    @ParameterizedTest
    @CsvSource({"List", "NamespaceList"})
    void beside_the_items_of_a_list(String kind) {
        assertThat(refusal("{apiVersion: v1, kind: %s, items: [], zzz: 1}".formatted(kind)))
            .contains("unknown field \"zzz\" in %s\n".formatted(kind));
    }
}

package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.manifest.yaml.Position;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An object of another kind")
class KindGradesTest {

    @ParameterizedTest
    @CsvSource({"cilium.io/v2, CiliumNetworkPolicy", "cilium.io/v2, CiliumClusterwideNetworkPolicy", "projectcalico.org/v3, NetworkPolicy",
        "crd.projectcalico.org/v1, GlobalNetworkPolicy", "policy.networking.k8s.io/v1alpha1, AdminNetworkPolicy",
        "policy.networking.k8s.io/v1alpha1, BaselineAdminNetworkPolicy", "policy.networking.k8s.io/v1alpha2, ClusterNetworkPolicy",
        "crd.antrea.io/v1beta1, ClusterNetworkPolicy", "security.istio.io/v1, AuthorizationPolicy",
        "security.istio.io/v1, PeerAuthentication", "policy.linkerd.io/v1beta3, Server", "networking.gke.io/v1alpha3, FQDNNetworkPolicy",
        "k8s.ovn.org/v1, EgressFirewall"})
    void that_decides_over_flows_is_refused_unless_it_is_accepted(String apiVersion, String kind) {
        var manifest = read("apiVersion: %s\nkind: %s\nmetadata: {name: deny}\nspec: {a: 1}".formatted(apiVersion, kind));
        assertThat(manifest.notes()).containsExactly(new Note(Note.Grade.UNSEEN, kind, "deny", Position.startOf("a.yaml"),
            kind + " deny is not read, so nothing here expects what it allows or denies"));
        assertThatThrownBy(() -> manifest.requireRead(false)).isInstanceOf(ForeignPolicyException.class).hasMessage("""
            a.yaml:1:1: %s deny is not read, so nothing here expects what it allows or denies
              expectations cannot take it into account; remove it, or go on all the same with --accept-unseen""".formatted(kind));
        assertThat(manifest.requireRead(true)).isSameAs(manifest);
    }

    @Test
    void is_told_with_all_others_that_decide() {
        assertThatThrownBy(() -> read("""
            {apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy}
            ---
            {apiVersion: security.istio.io/v1, kind: PeerAuthentication}
            """).requireRead(false)).hasMessage("""
            a.yaml:1:1: CiliumNetworkPolicy is not read, so nothing here expects what it allows or denies
            a.yaml:3:1: PeerAuthentication is not read, so nothing here expects what it allows or denies
              expectations cannot take them into account; remove them, or go on all the same with --accept-unseen""");
    }

    @ParameterizedTest
    @CsvSource({"v1, ConfigMap", "cilium.io/v2, CiliumEndpoint", "projectcalico.org/v3, StagedNetworkPolicy",
        "security.istio.io/v1, Gateway",
        "projectcalico.org/v3, Tier", "kustomize.toolkit.fluxcd.io/v1, Kustomization"})
    void that_is_harmless_is_skipped_with_a_note(String apiVersion, String kind) {
        var manifest = read("apiVersion: %s\nkind: %s\nmetadata: {name: a}".formatted(apiVersion, kind));
        assertThat(manifest.notes()).singleElement().satisfies(n -> assertThat(n.text()).startsWith("skipped: 1 " + kind + ";"));
        assertThat(manifest.requireRead(false)).isSameAs(manifest);
    }

    @Test
    void that_Calico_keeps_of_a_NetworkPolicy_is_no_policy_of_its_own() {
        assertThat(read("{apiVersion: crd.projectcalico.org/v1, kind: NetworkPolicy, metadata: {name: knp.default.web}}").notes())
            .isEmpty();
    }

    @Test
    void that_decides_is_no_missing_NetworkPolicy_where_only_policies_are_expected() {
        assertThat(
            Manifests.readPolicies(Position.startOf("a.yaml"), "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy}", "shop").notes())
            .extracting(Note::grade).containsExactly(Note.Grade.UNSEEN);
    }

    @Test
    void with_a_template_that_is_no_list_of_containers_is_skipped() {
        assertThat(read("""
            {apiVersion: x/v1, kind: A, spec: {template: {spec: {containers: []}}}}
            ---
            {apiVersion: x/v1, kind: B, spec: {template: {spec: {containers: [a]}}}}
            ---
            {apiVersion: x/v1, kind: C, spec: {template: a}}
            """).notes()).singleElement().satisfies(n -> assertThat(n.text()).startsWith("skipped: 1 A, 1 B, 1 C;"));
    }

    @Test
    void with_a_template_of_Jobs_makes_pods() {
        assertThat(read("{apiVersion: x/v1, kind: Cron, metadata: {name: a}, "
            + "spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}}}").resources()).hasSize(1);
    }
}

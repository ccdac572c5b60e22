package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.messageOf;
import static dev.lockdown.manifest.Texts.policyWith;
import static dev.lockdown.manifest.Texts.read;
import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.Change;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An object that says $patch: delete")
class DeletionReadingTest {
    private static final NamespacedName NAME = new NamespacedName("shop", "a");

    @Test
    void is_deleted() {
        assertThat(read("""
            {apiVersion: v1, kind: Service, metadata: {name: a}, $patch: delete}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: a}, $patch: delete}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, $patch: delete}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}, $patch: delete}
            """).changes()).containsExactly(new Change.DeleteService(NAME), new Change.StopPod(NAME), new Change.DeletePolicy(NAME),
            new Change.DeleteNamespace("shop"));
    }

    @Test
    void is_deleted_after_everything_else_is_applied() {
        assertThat(
            read("{apiVersion: v1, kind: Service, metadata: {name: a}, $patch: delete}\n---\n" + policyWith("podSelector: {}")).changes())
            .extracting(Object::getClass).containsExactly(Change.ApplyPolicy.class, Change.DeleteService.class);
    }

    @Test
    void is_still_there_while_it_is_only_terminating() {
        var manifest = read("{apiVersion: v1, kind: Service, metadata: {name: a, deletionTimestamp: \"2026-01-01T00:00:00Z\"}, "
            + "spec: {selector: {app: a}, ports: [{port: 80}]}}");
        assertThat(manifest.changes()).hasOnlyElementsOfType(Change.ApplyService.class);
        assertThat(manifest.notes()).extracting(Note::toString).containsExactly(
            "a.yaml:1:1: this Service is being deleted (deletionTimestamp) and counts as still there; $patch: delete deletes it");
    }

    @Test
    void is_no_workload() {
        assertThat(refusal("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, $patch: delete}")).isEqualTo("""
            a.yaml:1:1: a Deployment cannot be deleted here
              delete its pods by their names, such as web-1""");
    }

    @Test
    void says_so_without_a_slip() {
        assertThat(refusal("{apiVersion: v1, kind: Pod, metadata: {name: a}, $patch: delet}")).isEqualTo("""
            a.yaml:1:58: Pod.$patch is "delet"
              did you mean "delete"? expected one of: delete""");
    }

    @Test
    void is_in_no_other_namespace_than_that_which_policies_are_applied_to() {
        var text = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: bank}, $patch: delete}";
        assertThat(messageOf(() -> Manifests.readPolicies(Position.startOf("a.yaml"), text, "shop")))
            .startsWith("a.yaml:1:88: NetworkPolicy.metadata.namespace is \"bank\", but the policy is applied to \"shop\"\n");
    }

    @Test
    void is_asked_for_once() {
        var deletion = "{$patch: delete, apiVersion: v1, kind: Pod, metadata: {name: web}}\n";
        assertThat(Texts.refusal(deletion + "---\n" + deletion)).isEqualTo("""
            a.yaml:3:1: deletion of Pod shop/web is there twice
              first at a.yaml:1:1; rename or remove one of them""");
    }
}

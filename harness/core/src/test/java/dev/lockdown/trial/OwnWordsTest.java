package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.Change;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is Lockdown's own")
class OwnWordsTest {
    private static final String POLICY = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: p}
        spec: %s
        """;

    @ParameterizedTest
    @ValueSource(strings = {"{podSelector: {matchLabels: {lockdown.dev/run: x}}}",
        "{podSelector: {matchExpressions: [{key: lockdown.dev/run, operator: DoesNotExist}]}}",
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchExpressions: [{key: lockdown.dev/canary, operator: NotIn, values: [a]}]}}]}]}",
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: lockdown.dev/run, operator: Exists}]}}]}]}",
        "{podSelector: {}, egress: [{}, {to: [{namespaceSelector: {matchLabels: {lockdown.dev/any: a}}}]}], policyTypes: [Egress]}"})
    void cannot_be_selected(String spec) {
        var changes = Manifests.readPolicies(Position.startOf("test"), POLICY.formatted(spec), "shop").changes();
        assertThatThrownBy(() -> OwnWords.refuse(changes)).isInstanceOf(InputException.class)
            .hasMessageStartingWith("labels that begin with lockdown.dev/ are Lockdown's own");
    }

    static Stream<Change> ours() {
        var label = Map.of("lockdown.dev/run", "x");
        return Stream.of(new Change.ApplyNamespace(new Namespace("shop", label)), new Change.RelabelNamespace("shop", label),
            new Change.StartPod(new Pod(new NamespacedName("shop", "web"), label, List.of(), "", false)),
            new Change.RelabelPod(new NamespacedName("shop", "web"), label),
            new Change.ApplyNamespace(new Namespace("lockdown-canary", Map.of())), new Change.DeleteNamespace("lockdown-nodes"),
            new Change.StopPod(new NamespacedName("lockdown-canary", "bystander")),
            new Change.DeletePolicy(new NamespacedName("lockdown-canary", "isolate-caged")));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void cannot_be_had_or_changed(Change change) {
        assertThatThrownBy(() -> OwnWords.refuse(change)).isInstanceOf(InputException.class).hasMessageContaining("Lockdown's own");
    }

    @Test
    void is_no_more_than_that() {
        assertThatCode(() -> OwnWords.refuse(List.of(new Change.ApplyNamespace(new Namespace("lockdown-team", Map.of("lockdown", "a"))),
            new Change.RelabelNamespace("lockdown", Map.of("mylockdown.dev/run", "a", "lockdown.dev", "b"))))).doesNotThrowAnyException();
    }
}

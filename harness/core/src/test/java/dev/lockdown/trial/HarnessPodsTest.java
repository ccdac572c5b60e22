package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The canary's namespace is one like every other to a `namespaceSelector`, so that it is counted for what it is.
@NamespacesAvailable
@DisplayName("The harness's own pods")
class HarnessPodsTest {

    static Stream<Arguments> selectors() {
        return Stream.of(Arguments.of(LabelSelector.EVERYTHING, true), Arguments.of(by("team", Operator.DOES_NOT_EXIST), true),
            Arguments.of(by("team", Operator.NOT_IN, "a"), true), Arguments.of(by(Namespace.NAME_LABEL, Operator.NOT_IN, "shop"), true),
            Arguments.of(by("team", Operator.EXISTS), false), Arguments.of(by(Namespace.NAME_LABEL, Operator.IN, "shop"), false),
            Arguments.of(by(Namespace.NAME_LABEL, Operator.DOES_NOT_EXIST), false));
    }

    private static LabelSelector by(String key, Operator operator, String... values) {
        return new LabelSelector(Map.of(), List.of(new Requirement(key, operator, List.of(values))));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void are_what_a_selector_of_namespaces_says(LabelSelector namespaces, boolean matched) {
        try (var fixture = new TrialFixture(); var trial = fixture.begin()) {
            trial.apply(List.of(new Change.ApplyPolicy(new NetworkPolicy(new NamespacedName("shop", "p"), LabelSelector.EVERYTHING,
                Set.of(Direction.INGRESS), List.of(new Rule(List.of(new Peer.Pods(null, namespaces)), List.of())), List.of()))), List.of(),
                1);
            var flow = Flow.of(Canary.bystander(), TrialFixture.API, TrialFixture.PORT);
            var expected = new Oracle(fixture.cluster.state(), fixture.cluster.addresses()).expect(flow);
            assertThat(expected).isInstanceOf(matched ? Expectation.Allowed.class : Expectation.Denied.class);
            var seen = fixture.cluster.observe(List.of(Probe.Reach.of(flow)), Dialling.DEFAULT).getFirst().outcome();
            assertThat(seen).isInstanceOf(matched ? Outcome.Connected.class : Outcome.TimedOut.class);
        }
    }

    @Test
    void declare_no_port_and_give_none_to_others() {
        try (var fixture = new TrialFixture(); var _ = fixture.begin()) {
            var pods = fixture.cluster.state().pods();
            assertThat(pods.values()).filteredOn(p -> p.name().namespace().equals(Canary.NAMESPACE)).isNotEmpty()
                .allSatisfy(p -> assertThat(p.ports()).noneMatch(ContainerPort::declared));
            assertThat(pods.get(TrialFixture.API.name())).satisfies(
                p -> assertThat(p.ports()).filteredOn(ContainerPort::declared).containsExactly(ContainerPort.unnamed(TrialFixture.PORT)),
                p -> assertThat(p.ports()).contains(ContainerPort.undeclared(LivenessPort.PORT)));
        }
    }
}

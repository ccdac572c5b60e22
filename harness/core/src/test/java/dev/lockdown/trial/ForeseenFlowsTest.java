package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.state.Namespace;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The flows that steps may claim")
class ForeseenFlowsTest {
    private static final Probe CLAIMED = reach(TrialFixture.WEB, TrialFixture.API, Family.IPV6);

    private static Probe reach(Endpoint from, Endpoint to, Family family) {
        return Probe.Reach.of(new Flow(from, to, TrialFixture.PORT, family));
    }

    @Test
    void are_foreseen_in_every_family_and_no_other() {
        var foreseen = ForeseenFlows.only(List.of(CLAIMED,
            new Probe.Resolve(TrialFixture.WEB, "api", Probe.Transport.UDP, Family.IPV6),
            new Probe.Ping(TrialFixture.WEB, TrialFixture.API, Family.IPV6)), Set.of());
        assertThat(List.of(CLAIMED, reach(TrialFixture.WEB, TrialFixture.API, Family.IPV4),
            new Probe.Resolve(TrialFixture.WEB, "api", Probe.Transport.UDP, Family.IPV4),
            new Probe.Ping(TrialFixture.WEB, TrialFixture.API, Family.IPV4))).allMatch(foreseen::include);
        assertThat(List.of(reach(TrialFixture.API, TrialFixture.WEB, Family.IPV4),
            Probe.Reach.of(Flow.of(TrialFixture.WEB, TrialFixture.API, Port.parse("TCP/80"))),
            new Probe.Reach(Flow.of(TrialFixture.WEB, TrialFixture.API, TrialFixture.PORT), 4711),
            new Probe.Resolve(TrialFixture.WEB, "api", Probe.Transport.TCP, Family.IPV4),
            new Probe.Ping(TrialFixture.API, TrialFixture.WEB, Family.IPV4),
            reach(new Endpoint.Node("node-1"), TrialFixture.API, Family.IPV4))).noneMatch(foreseen::include);
    }

    @Test
    void are_those_of_every_node_where_one_is_claimed() {
        var foreseen = ForeseenFlows.only(List.of(reach(new Endpoint.Node("node-1"), TrialFixture.API, Family.IPV4)), Set.of());
        assertThat(foreseen.include(reach(new Endpoint.Node("node-2"), TrialFixture.WEB, Family.IPV4))).isTrue();
        assertThat(foreseen.include(reach(TrialFixture.WEB, new Endpoint.Node("node-2"), Family.IPV6))).isTrue();
        assertThat(foreseen.include(CLAIMED)).isFalse();
    }

    @NamespacesAvailable
    @Test
    void cannot_be_claimed_without_the_baseline_that_they_need() {
        var other = List.of(Question.of(reach(TrialFixture.API, TrialFixture.WEB, Family.IPV4), Wanted.OPEN, 1));
        try (var stage = new TrialFixture(); var trial = stage.begin(ForeseenFlows.only(List.of(CLAIMED), Set.of()))) {
            TrialFixture.verify(trial, TrialFixture.ask(Wanted.OPEN), 1);
            assertThatIllegalStateException().isThrownBy(() -> trial.claim(new Scope.Named(), other, 2))
                .withMessage("the baseline was not asked for shop/api to shop/web on TCP/8080, which a step claims");
            assertThatIllegalStateException().isThrownBy(() -> trial.claimPolicies(2));
            assertThatIllegalStateException().isThrownBy(() -> trial.claimBroke(Set.of(), 2));
            assertThatIllegalStateException().isThrownBy(() -> trial.claimOpened(Set.of(), false, 2));
        }
    }

    @NamespacesAvailable
    @Test
    void are_compared_only_with_the_time_before_the_change_behind_which_a_step_compares() {
        var deny = TrialFixture.deny(Direction.INGRESS);
        List<Change> allow = List.of(new Change.DeletePolicy(new NamespacedName("shop", "deny")));
        try (var stage = new TrialFixture(); var trial = stage.beginComparing(Set.of(2))) {
            trial.apply(deny, List.of(), 1);
            assertThatIllegalStateException().isThrownBy(() -> trial.claimOpened(Set.of(), false, 1))
                .withMessage("nobody looked what was open before the last change, with which a step compares");
            trial.apply(allow, List.of(), 2);
            trial.claimOpened(Set.of(reach(TrialFixture.WEB, TrialFixture.API, Family.IPV4),
                reach(TrialFixture.API, TrialFixture.WEB, Family.IPV4)), true, 3);
            assertThat(trial.judge()).isEmpty();
            assertThat(stage.journal).filteredOn(e -> e instanceof Entry.Observed seen && seen.purpose() == Entry.Purpose.BEFORE_CHANGE)
                .singleElement().extracting(e -> ((Entry.Observed) e).line()).isEqualTo(2);
        }
    }

    @Test
    void are_foreseen_to_be_compared_with_the_time_before_the_last_change() {
        var trial = DryTrial.begin(Needs.DEFAULT, List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of()))));
        trial.apply(TrialFixture.deny(Direction.INGRESS), List.of(), 5);
        trial.apply(TrialFixture.deny(Direction.EGRESS), List.of(), 7);
        trial.claimOpened(Set.of(), false, 8);
        trial.apply(TrialFixture.deny(Direction.INGRESS), List.of(), 9);
        assertThat(IntStream.range(1, 12).filter(trial.foreseen()::compares)).containsExactly(7);
        assertThat(ForeseenFlows.EVERY.compares(5)).isTrue();
    }
}

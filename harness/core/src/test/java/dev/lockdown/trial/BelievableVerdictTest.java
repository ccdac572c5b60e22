package dev.lockdown.trial;

import static dev.lockdown.trial.TrialFixture.API;
import static dev.lockdown.trial.TrialFixture.PORT;
import static dev.lockdown.trial.TrialFixture.WEB;
import static dev.lockdown.trial.TrialFixture.ask;
import static dev.lockdown.trial.TrialFixture.deny;
import static dev.lockdown.trial.TrialFixture.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Evidence;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Every way in which a probe can go wrong that has nothing to do with a policy: none may look like one at work, or like success.
@NamespacesAvailable
@DisplayName("What is not a policy at work is")
class BelievableVerdictTest {

    private static void isInconclusive(ThrowingCallable step, String because) {
        assertThatThrownBy(step).asInstanceOf(type(VerdictError.class)).satisfies(e -> {
            assertThat(e.inconclusive()).isTrue();
            assertThat(e).hasMessageContaining(because);
        });
    }

    @Test
    void neither_blocked_nor_open_when_nothing_listens() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            stage.cluster.faults().stopListening(API, PORT);
            isInconclusive(() -> verify(trial, ask(Wanted.BLOCKED), 1),
                "nothing answers on TCP/8080 of shop/api, not even its own node");
            isInconclusive(() -> verify(trial, ask(Wanted.OPEN), 1), "nothing answers on TCP/8080 of shop/api");
        }
    }

    @Test
    void neither_blocked_nor_open_when_the_sources_link_is_down() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            stage.cluster.faults().linkDown(WEB);
            isInconclusive(() -> verify(trial, ask(Wanted.BLOCKED), 1), "shop/web is not reached by its own node either");
            isInconclusive(() -> verify(trial, ask(Wanted.OPEN), 1), "shop/web is not reached by its own node either");
        }
    }

    @Test
    void not_blocked_when_the_sources_link_went_down_under_a_policy_that_would_deny() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            trial.apply(deny(Direction.EGRESS), List.of(), 1);
            stage.cluster.faults().linkDown(WEB);
            isInconclusive(() -> verify(trial, ask(Wanted.BLOCKED), 1), "shop/web is not reached by its own node either");
        }
    }

    @Test
    void neither_blocked_nor_open_when_the_agent_is_dead() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            stage.cluster.faults().killAgent(WEB);
            isInconclusive(() -> verify(trial, ask(Wanted.BLOCKED), 1), "the agent of shop/web is dead");
            isInconclusive(() -> verify(trial, ask(Wanted.OPEN), 1), "the agent of shop/web is dead");
        }
    }

    @Test
    void neither_blocked_nor_open_when_somebody_else_answers() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            stage.cluster.faults().answerAs(API, "shop/impostor");
            isInconclusive(() -> verify(trial, ask(Wanted.OPEN), 1), "somebody else answered: shop/impostor");
            isInconclusive(() -> verify(trial, ask(Wanted.BLOCKED), 1), "somebody else answered: shop/impostor");
        }
    }

    @Test
    void not_a_blocked_name_when_dns_is_broken() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            breakDns(stage);
            var probe = new Probe.Resolve(WEB, "partner.example", Probe.Transport.EITHER, dev.lockdown.flow.Family.IPV4);
            isInconclusive(() -> verify(trial, List.of(Question.of(probe, Wanted.BLOCKED, 1)), 1),
                "partner.example does not resolve for an unisolated pod either");
        }
    }

    @Test
    void not_a_reachable_host_when_dns_is_broken() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            breakDns(stage);
            var probe = Probe.Reach.of(Flow.of(WEB, new Endpoint.Host("partner.example"), Port.parse("TCP/443")));
            isInconclusive(() -> verify(trial, List.of(Question.of(probe, Wanted.OPEN, 1).byName()), 1),
                "its name does not resolve");
        }
    }

    @Test
    void not_a_reachable_host_when_dns_is_not_allowed() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            trial.apply(deny(Direction.EGRESS), List.of(), 1);
            var address = stage.cluster.addresses().of(new Endpoint.Host("partner.example")).getFirst().getHostAddress();
            trial.apply(List.of(new Change.ApplyPolicy(Policies.allowEgressTo("shop", address))), List.of(), 1);
            var probe = Probe.Reach.of(Flow.of(WEB, new Endpoint.Host("partner.example"), Port.parse("TCP/443")));
            isInconclusive(() -> verify(trial, List.of(Question.of(probe, Wanted.OPEN, 1).byName()), 1), "allow DNS too");
        }
    }

    @Test
    void found_out_by_the_canary_when_one_node_enforces_nothing() {
        try (var stage = new TrialFixture("one-node-enforces-nothing")) {
            assertThatThrownBy(stage::begin).isInstanceOf(UntrustedClusterException.class).hasMessageContaining("policies are not enforced")
                .message().containsPattern("(ingress|egress) of node-[12], TCP").satisfiesAnyOf(
                    m -> assertThat(m).doesNotContain("of node-1"), m -> assertThat(m).doesNotContain("of node-2"));
        }
    }

    @Test
    void found_out_by_the_canary_when_one_direction_is_not_enforced() {
        try (var stage = new TrialFixture("ignores-egress")) {
            assertThatThrownBy(stage::begin).isInstanceOf(UntrustedClusterException.class).hasMessageContaining("egress of node-1, TCP")
                .hasMessageContaining("egress of node-2, UDP").message().doesNotContain("ingress");
        }
    }

    @Test
    void waited_for_when_enforcement_comes_three_seconds_late() {
        try (var stage = new TrialFixture("late"); var trial = stage.begin()) {
            trial.apply(deny(Direction.INGRESS), List.of(), 1);
            verify(trial, ask(Wanted.BLOCKED), 1);
            var applied =
                stage.journal.stream().filter(Entry.Applied.class::isInstance).map(Entry.Applied.class::cast).filter(a -> a.line() > 0)
                    .findFirst().orElseThrow();
            assertThat(applied.enforced()).isBetween(Duration.ofMillis(2900), Duration.ofSeconds(6));
        }
    }

    @Test
    void never_a_stale_open_when_enforcement_comes_three_seconds_late() {
        try (var stage = new TrialFixture("late"); var trial = stage.begin()) {
            trial.apply(deny(Direction.INGRESS), List.of(), 1);
            assertThatThrownBy(() -> verify(trial, ask(Wanted.OPEN), 1)).asInstanceOf(type(VerdictError.class))
                .satisfies(e -> assertThat(e.inconclusive()).isFalse()).asString().contains("observed blocked (dropped)");
        }
    }

    @Test
    void blocked_by_a_rule_that_the_data_plane_names() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            trial.apply(deny(Direction.INGRESS), List.of(), 1);
            verify(trial, ask(Wanted.BLOCKED), 1);
            var cell = ((Entry.Judged) stage.journal.getLast()).judgement().cells().getFirst();
            assertThat(cell.control()).isEqualTo(new Control.Proven(Control.Grade.DATA_PLANE));
            assertThat(cell.evidence()).contains(new Evidence.DroppedAt(new Drop("node-1", "ingress of shop/api")));
        }
    }

    @Test
    void rejected_where_the_data_plane_refuses() {
        try (var stage = new TrialFixture(EmbeddedBackend.sound(InstantSource.system()).rejecting()); var trial = stage.begin()) {
            trial.apply(deny(Direction.INGRESS), List.of(), 1);
            verify(trial, ask(Wanted.BLOCKED), 1);
            assertThat(((Entry.Judged) stage.journal.getLast()).judgement().cells().getFirst().verdict())
                .isEqualTo(new Verdict.Blocked(Verdict.Manner.REJECTED, Control.Grade.DATA_PLANE));
        }
    }

    @Test
    void what_another_claim_of_its_block_is_found_to_be() {
        try (var stage = new TrialFixture(); var trial = stage.begin()) {
            trial.apply(deny(Direction.INGRESS), List.of(), 1);
            var before = stage.journal.size();
            trial.claim(new Scope.Named(), ask(Wanted.OPEN), 2);
            trial.claim(new Scope.Named(), List.of(Question.of(Probe.Reach.of(Flow.of(API, API, PORT)), Wanted.OPEN, 3)), 3);
            trial.claim(new Scope.Named(), ask(Wanted.BLOCKED), 4);
            assertThat(trial.judge()).containsOnlyKeys(2).hasEntrySatisfying(2,
                e -> assertThat(e).hasMessageContaining("shop/web to shop/api on TCP/8080: expected open, observed blocked"));
            var told = stage.journal.subList(before, stage.journal.size());
            assertThat(told).filteredOn(Entry.Judged.class::isInstance).extracting(e -> ((Entry.Judged) e).line()).containsExactly(2, 3, 4);
            assertThat(told).filteredOn(e -> e instanceof Entry.Observed o && o.purpose() == Entry.Purpose.VERDICT).isNotEmpty()
                .allSatisfy(e -> assertThat(((Entry.Observed) e).observations()).hasSize(3));
            assertThat(trial.judge()).isEmpty();
        }
    }

    private static void breakDns(TrialFixture stage) {
        for (var name : List.of("kube-dns-1", "kube-dns-2"))
            for (var port : List.of("UDP/53", "TCP/53"))
                stage.cluster.faults().stopListening(Endpoint.Pod.of("kube-system", name), Port.parse(port));
    }
}

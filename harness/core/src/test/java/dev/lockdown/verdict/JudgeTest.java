package dev.lockdown.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import java.time.Instant;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Icmp;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome.Unreachable;
import dev.lockdown.flow.Outcome.Unresolved;
import dev.lockdown.verdict.Control.Grade;
import dev.lockdown.verdict.Verdict.Blocked;
import dev.lockdown.verdict.Verdict.Inconclusive;
import dev.lockdown.verdict.Verdict.Manner;
import dev.lockdown.verdict.Verdict.Mixed;
import dev.lockdown.verdict.Verdict.Open;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verdict")
class JudgeTest {
    private static final Outcome SILENCE = new TimedOut(Duration.ofMillis(1500), Lost.UNKNOWN);
    private static final Outcome ANSWER = new Connected(Duration.ofMillis(1), "shop/api", "10.42.0.5");
    private static final Lack NO_LISTENER = new Lack.NoListener(NamespacedName.parse("shop/api"), Port.parse("TCP/8443"));
    private static final Control WORKED_BEFORE = new Control.Proven(Grade.BASELINE);

    @Test
    void is_blocked_when_a_flow_that_worked_before_falls_silent() {
        assertThat(Judge.judge(List.of(SILENCE), WORKED_BEFORE)).isEqualTo(new Blocked(Manner.DROPPED, Grade.BASELINE));
    }

    @Test
    void is_never_blocked_by_silence_alone() {
        assertThat(Judge.judge(List.of(SILENCE), new Control.Missing(NO_LISTENER)))
            .isEqualTo(new Inconclusive(new Doubt.NoControl(SILENCE, NO_LISTENER)));
    }

    @Test
    void is_never_blocked_by_a_refusal_alone() {
        assertThat(Judge.judge(List.of(new Refused()), new Control.Missing(NO_LISTENER)))
            .isEqualTo(new Inconclusive(new Doubt.NoControl(new Refused(), NO_LISTENER)));
    }

    @Test
    void is_rejected_when_one_refusal_came_through_the_kernels_icmp_limit() {
        assertThat(Judge.judge(List.of(SILENCE, SILENCE, new Refused()), WORKED_BEFORE))
            .isEqualTo(new Blocked(Manner.REJECTED, Grade.BASELINE));
    }

    @Test
    void is_rejected_when_icmp_says_that_it_is_prohibited() {
        assertThat(Judge.judge(List.of(new Unreachable(Icmp.ADMINISTRATIVELY_PROHIBITED)), WORKED_BEFORE))
            .isEqualTo(new Blocked(Manner.REJECTED, Grade.BASELINE));
    }

    @Test
    void is_inconclusive_when_there_is_no_route() {
        assertThat(Judge.judge(List.of(new Unreachable(Icmp.NO_ROUTE)), WORKED_BEFORE)).isInstanceOf(Inconclusive.class);
    }

    @Test
    void is_inconclusive_when_somebody_else_answered() {
        assertThat(Judge.judge(List.of(new Misdirected("shop/impostor")), WORKED_BEFORE))
            .isEqualTo(new Inconclusive(new Doubt.UnclearOutcome(new Misdirected("shop/impostor"))));
    }

    @Test
    void is_inconclusive_when_the_name_was_not_resolved() {
        assertThat(Judge.judge(List.of(new Unresolved("api.shop", "NXDOMAIN")), WORKED_BEFORE)).isInstanceOf(Inconclusive.class);
    }

    @Test
    void names_the_first_outcome_that_is_unclear_and_not_the_first_of_all() {
        assertThat(Judge.judge(List.of(ANSWER, new ProbeFailed("the agent is dead"), new Misdirected("shop/impostor")), WORKED_BEFORE))
            .isEqualTo(new Inconclusive(new Doubt.UnclearOutcome(new ProbeFailed("the agent is dead"))));
    }

    @Test
    void is_inconclusive_when_one_of_several_probes_could_not_be_made() {
        assertThat(Judge.judge(List.of(ANSWER, new ProbeFailed("the agent is dead")), WORKED_BEFORE)).isInstanceOf(Inconclusive.class);
    }

    @Test
    void is_open_only_when_every_dial_was_answered() {
        assertThat(Judge.judge(List.of(ANSWER, ANSWER), WORKED_BEFORE)).isEqualTo(new Open());
    }

    @Test
    void is_mixed_when_some_backends_answer_and_others_do_not() {
        assertThat(Judge.judge(List.of(ANSWER, SILENCE), WORKED_BEFORE)).isInstanceOf(Mixed.class);
    }

    @Test
    void is_mixed_when_the_question_arrived_and_only_its_answer_was_lost() {
        assertThat(Judge.judge(List.of(new TimedOut(Duration.ofMillis(1500), Lost.REPLY)), WORKED_BEFORE)).isInstanceOf(Mixed.class);
    }

    @Test
    void cannot_be_had_without_an_outcome() {
        assertThatThrownBy(() -> Judge.judge(List.of(), WORKED_BEFORE)).hasMessage("a verdict needs at least one outcome");
    }

    @Test
    void needs_a_control_for_silence_even_where_none_was_thought_to_be_needed() {
        assertThatThrownBy(() -> Judge.judge(List.of(SILENCE), new Control.NotNeeded())).hasMessageContaining("needs a control");
    }

    private static final Endpoint WEB = Endpoint.parse("shop/web");
    private static final Probe PARTNER = Probe.Reach.of(Flow.of(WEB, Endpoint.parse("host:partner.example"), Port.parse("TCP/443")));
    private static final Probe NAME = new Probe.Resolve(WEB, "partner.example", Probe.Transport.EITHER, Family.IPV4);
    private static final Outcome NXDOMAIN = new Unresolved("partner.example", "NXDOMAIN");

    private static Observation seen(Probe probe, Outcome outcome) {
        return new Observation(probe, outcome, Instant.EPOCH, List.of());
    }

    @Test
    void is_not_open_for_an_application_that_cannot_find_the_name() {
        var question = Question.of(PARTNER, Wanted.OPEN, 1).byName();
        assertThat(Judge.judge(question, List.of(seen(PARTNER, ANSWER), seen(NAME, NXDOMAIN)), new Control.NotNeeded()))
            .isEqualTo(new Inconclusive(new Doubt.UnresolvedName(NXDOMAIN)));
        assertThat(
            Judge.judge(question, List.of(seen(PARTNER, ANSWER), seen(NAME, new Outcome.Resolved(Duration.ZERO, List.of("1.2.3.4")))),
                new Control.NotNeeded()))
            .isEqualTo(new Open());
    }

    @Test
    void is_blocked_whatever_became_of_the_name() {
        assertThat(Judge.judge(Question.of(PARTNER, Wanted.BLOCKED, 1).byName(), List.of(seen(PARTNER, SILENCE), seen(NAME, NXDOMAIN)),
            WORKED_BEFORE)).isEqualTo(new Blocked(Manner.DROPPED, Grade.BASELINE));
    }

    @Test
    void is_not_mixed_as_wanted_where_a_backend_may_be_dead() {
        var asked = List.of(seen(PARTNER, ANSWER), seen(PARTNER, SILENCE));
        assertThat(Judge.judge(Question.of(PARTNER, Wanted.MIXED, 1), asked, new Control.Missing(NO_LISTENER)))
            .isEqualTo(new Inconclusive(new Doubt.UnprovenBackends(NO_LISTENER)));
        assertThat(Judge.judge(Question.of(PARTNER, Wanted.MIXED, 1), asked, WORKED_BEFORE)).isInstanceOf(Mixed.class);
    }
}

package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Icmp;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome.Unreachable;
import dev.lockdown.flow.Outcome.Unresolved;
import dev.lockdown.trial.Control.Grade;
import dev.lockdown.trial.Verdict.Blocked;
import dev.lockdown.trial.Verdict.Inconclusive;
import dev.lockdown.trial.Verdict.Manner;
import dev.lockdown.trial.Verdict.Mixed;
import dev.lockdown.trial.Verdict.Open;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verdict")
class JudgeTest {
    private static final Outcome SILENCE = new TimedOut(Duration.ofMillis(1500), Lost.UNKNOWN);
    private static final Outcome ANSWER = new Connected(Duration.ofMillis(1), "shop/api", "10.42.0.5");
    private static final Control WORKED_BEFORE = new Control.Proven(Grade.BASELINE);

    @Test
    void is_blocked_when_a_flow_that_worked_before_falls_silent() {
        assertThat(Judge.judge(List.of(SILENCE), WORKED_BEFORE)).isEqualTo(new Blocked(Manner.DROPPED, Grade.BASELINE));
    }

    @Test
    void is_never_blocked_by_silence_alone() {
        assertThat(Judge.judge(List.of(SILENCE), new Control.Missing("shop/api does not listen on TCP/8443")))
            .isEqualTo(new Inconclusive("no answer in 1.5 s, but shop/api does not listen on TCP/8443"));
    }

    @Test
    void is_never_blocked_by_a_refusal_alone() {
        assertThat(Judge.judge(List.of(new Refused()), new Control.Missing("nothing listens")))
            .isEqualTo(new Inconclusive("refused at once, but nothing listens"));
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
            .isEqualTo(new Inconclusive("somebody else answered: shop/impostor"));
    }

    @Test
    void is_inconclusive_when_the_name_was_not_resolved() {
        assertThat(Judge.judge(List.of(new Unresolved("api.shop", "NXDOMAIN")), WORKED_BEFORE)).isInstanceOf(Inconclusive.class);
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
}

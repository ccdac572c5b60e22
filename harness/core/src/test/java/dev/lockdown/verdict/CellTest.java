package dev.lockdown.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.Expectation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A cell")
class CellTest {
    private static final Control BASELINE = new Control.Proven(Control.Grade.BASELINE);

    private static Question wants(String wanted) {
        return Question.of(Differing.PROBE, Wanted.valueOf(wanted), 1);
    }

    @ParameterizedTest
    @CsvSource({"OPEN, open, true", "OPEN, blocked, false", "OPEN, mixed, false", "OPEN, unproven, false", "BLOCKED, open, false",
        "BLOCKED, blocked, true", "BLOCKED, rejected, true", "BLOCKED, mixed, false", "BLOCKED, unproven, false", "MIXED, open, false",
        "MIXED, blocked, false", "MIXED, mixed, true", "MIXED, unproven, false"})
    void agrees_with_what_is_wanted_and_with_nothing_else(String wanted, String seen, boolean agrees) {
        assertThat(Cells.of(wants(wanted), seen).agrees()).isEqualTo(agrees);
    }

    @ParameterizedTest
    @CsvSource({"OPEN, blocked, true", "BLOCKED, open, true", "OPEN, mixed, true", "OPEN, unproven, false"})
    void agrees_either_way_with_everything_that_is_certain(String wanted, String seen, boolean agrees) {
        var cell = Cells.of(wants(wanted), seen);
        var either = new Cell(cell.question(), cell.observations(), cell.control(), cell.verdict(), cell.reasons(), true, null);
        assertThat(either.agrees()).isEqualTo(agrees);
        assertThat(either.evidence()).contains(new Evidence.TakenAsItIs());
    }

    @ParameterizedTest
    @CsvSource({"REPLY, false", "REQUEST, true", "UNKNOWN, true"})
    void is_not_mixed_as_wanted_where_only_the_answer_was_lost(Outcome.Lost lost, boolean agrees) {
        var answer = new Outcome.Connected(Duration.ofMillis(1), "shop/api", "10.42.0.5");
        var cell = Cells.judged(wants("MIXED"), BASELINE, Cells.denied(Differing.PROBE), answer,
            new Outcome.TimedOut(Duration.ofMillis(1500), lost));
        assertThat(cell.verdict()).isInstanceOf(Verdict.Mixed.class);
        assertThat(cell.agrees()).isEqualTo(agrees);
    }

    @Test
    void is_against_the_policies_where_they_demand_the_opposite_of_the_step() {
        assertThat(against("OPEN", Cells.denied(Differing.PROBE))).isTrue();
        assertThat(against("BLOCKED", Cells.denied(Differing.PROBE))).isFalse();
        assertThat(against("BLOCKED", Cells.allowed(Differing.PROBE))).isTrue();
        assertThat(against("OPEN", Cells.allowed(Differing.PROBE))).isFalse();
        assertThat(against("OPEN", Differing.split(Differing.PROBE))).isFalse();
        assertThat(against("OPEN", Differing.unspecified(Differing.PROBE))).isFalse();
        assertThat(Differing.withoutReasons().isAgainstPolicies()).isFalse();
    }

    private static boolean against(String wanted, Explanation reasons) {
        return Cells.of(wants(wanted), "open", reasons).isAgainstPolicies();
    }

    @Test
    void has_no_cause_where_it_agrees_or_nothing_is_known() {
        assertThat(Cells.of(wants("OPEN"), "open").cause()).isNull();
        assertThat(Cells.of(wants("OPEN"), "unproven").cause()).isNull();
        assertThat(Differing.withoutReasons().cause()).isNull();
        assertThat(Differing.withoutReasons().expectation()).isNull();
        assertThat(Cells.of(wants("OPEN"), "open").expectation()).isInstanceOf(Expectation.Allowed.class);
    }

    @Test
    void has_causes_for_what_is_open_though_the_policies_leave_it_or_split_it() {
        assertThat(Cells.of(wants("BLOCKED"), "open", Differing.unspecified(Differing.PROBE)).cause()).isEqualTo(Cause.LEFT_OPEN);
        assertThat(Cells.of(wants("BLOCKED"), "open", Differing.split(Differing.PROBE)).cause()).isEqualTo(Cause.SOME_BACKENDS_ALLOWED);
        var cell = Cells.of(wants("OPEN"), "blocked");
        assertThat(new Cell(cell.question(), cell.observations(), cell.control(), cell.verdict(), null, false, null).cause()).isNull();
    }

    @Test
    void shows_each_evidence_once_and_drops_first() {
        var drop = new Drop("node-1", "ingress of shop/api");
        var dropped = new Observation(Differing.PROBE, new Outcome.Refused(), Instant.EPOCH, List.of(drop, drop));
        var seen = List.of(Differing.seenFrom("10.42.0.5"), dropped, Differing.seenFrom("10.42.0.5"), Differing.seenFrom(""), dropped);
        var cell = new Cell(wants("OPEN"), seen, BASELINE, Judge.judge(wants("OPEN"), seen, BASELINE), null, false, null);
        assertThat(cell.evidence()).containsExactly(new Evidence.DroppedAt(drop), new Evidence.SourceSeen("shop/api", "10.42.0.5"));
    }

    @Test
    void is_judged_again_from_what_was_seen() {
        var cell = Cells.of(wants("OPEN"), "blocked");
        var forged = new Cell(cell.question(), cell.observations(), cell.control(), new Verdict.Open(), cell.reasons(), true, "10.42.0.5");
        assertThat(forged.judgedAgain()).isEqualTo(
            new Cell(cell.question(), cell.observations(), cell.control(), cell.verdict(), cell.reasons(), true, "10.42.0.5"));
    }

    @Test
    void keeps_its_verdict_where_nothing_was_asked() {
        var doubt = new Verdict.Inconclusive(new Doubt.NotEnforced(List.of(), Duration.ofSeconds(30)));
        var cell = new Cell(wants("OPEN"), List.of(), new Control.NotNeeded(), doubt, null, false, null);
        assertThat(cell.judgedAgain()).isEqualTo(cell);
    }
}

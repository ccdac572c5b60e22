package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Polling;
import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Doubt;
import dev.lockdown.verdict.Lack;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The pace of a block")
class PaceTest {
    private static final Outcome ANSWER = new Outcome.Connected(Duration.ofMillis(1), "shop/api", "10.42.0.5");
    private static final Cell OPEN = cell(ANSWER, new Verdict.Open(), Wanted.OPEN);
    private static final Cell NOT_AS_CLAIMED = cell(ANSWER, new Verdict.Open(), Wanted.BLOCKED);
    private static final Cell UNDECIDED = undecided(1500);

    private final Pace pace = new Pace(null, Set.of());

    private static Cell cell(Outcome outcome, Verdict verdict, Wanted wanted, Drop... drops) {
        var question = TrialFixture.ask(wanted).getFirst();
        return new Cell(question, List.of(new Observation(question.probe(), outcome, Instant.EPOCH, List.of(drops))),
            new Control.NotNeeded(), verdict, null, false, null);
    }

    private static Cell answered(int took) {
        return cell(new Outcome.Connected(Duration.ofMillis(took), "shop/api", "10.42.0.5"), new Verdict.Open(), Wanted.OPEN);
    }

    private static Cell undecided(int silentFor) {
        var silence = new Outcome.TimedOut(Duration.ofMillis(silentFor), Outcome.Lost.UNKNOWN);
        return cell(silence, new Verdict.Inconclusive(new Doubt.NoControl(silence, new Lack.NothingToCompare())), Wanted.OPEN);
    }

    private static Cell blocked(int silentFor, Drop... drops) {
        return cell(new Outcome.TimedOut(Duration.ofMillis(silentFor), Outcome.Lost.REQUEST),
            new Verdict.Blocked(Verdict.Manner.DROPPED, Control.Grade.DATA_PLANE), Wanted.BLOCKED, drops);
    }

    private void round(int took, Cell... cells) {
        round(pace, pace.next(), took, 0, cells);
    }

    private void round(Pace pace, Dialling how, int took, int control, Cell... cells) {
        pace.note(how, new ProbeRounds.Round(List.of(cells), Duration.ofMillis(took)), _ -> Duration.ofMillis(control));
    }

    @ParameterizedTest(name = "{0} ms: {1} ms")
    @CsvSource({"20, 500", "250, 500", "400, 800", "700, 1400", "751, 1500", "5000, 1500"})
    void gives_the_next_round_twice_as_long_as_answers_took(int took, int deadline) {
        round(took, OPEN);
        assertThat(pace.next()).isEqualTo(new Dialling(Duration.ofMillis(deadline), 0));
    }

    @ParameterizedTest(name = "{0} ms with {1} ms of silence: {2} ms")
    @CsvSource({"1520, 1500, 500", "1900, 1500, 800", "900, 500, 800", "1900, 1850, 800", "1900, 3, 1500"})
    void does_not_count_the_silence_that_was_waited_for(int took, int silent, int deadline) {
        round(took, OPEN, blocked(silent));
        assertThat(pace.next().deadline()).isEqualTo(Duration.ofMillis(deadline));
    }

    @Test
    void waits_for_no_silence_where_the_drop_was_named() {
        round(700, OPEN, blocked(1, new Drop("node-1", "ingress of shop/api")));
        assertThat(pace.next().deadline()).isEqualTo(Duration.ofMillis(1398));
    }

    @Test
    void is_that_of_the_slowest_round() {
        round(600, OPEN);
        round(20, OPEN);
        assertThat(pace.next().deadline()).isEqualTo(Duration.ofMillis(1200));
        round(700, OPEN);
        assertThat(pace.next().deadline()).isEqualTo(Duration.ofMillis(1400));
    }

    private static Polling.Last<List<Cell>> last(Cell... cells) {
        return new Polling.Last<>(List.of(cells), 3, Duration.ofMillis(200));
    }

    private static final Supplier<Polling.Last<List<Cell>>> NEVER = () -> {
        throw new AssertionError("nothing to wait for");
    };

    @Test
    void has_patience_where_all_agreed_once_and_an_answer_is_late() {
        round(20, OPEN, OPEN);
        round(20, OPEN, UNDECIDED);
        assertThat(pace.patient(last(OPEN, UNDECIDED), () -> last(OPEN, OPEN)))
            .isEqualTo(new Polling.Last<>(List.of(OPEN, OPEN), 6, Duration.ofMillis(400)));
    }

    @Test
    void has_none_where_all_agree_or_never_did_or_something_differs() {
        assertThat(pace.patient(last(UNDECIDED), NEVER)).isEqualTo(last(UNDECIDED));
        round(20, OPEN, UNDECIDED);
        assertThat(pace.patient(last(OPEN, UNDECIDED), NEVER)).isEqualTo(last(OPEN, UNDECIDED));
        round(20, OPEN);
        assertThat(pace.patient(last(OPEN), NEVER)).isEqualTo(last(OPEN));
        assertThat(pace.patient(last(UNDECIDED, NOT_AS_CLAIMED), NEVER)).isEqualTo(last(UNDECIDED, NOT_AS_CLAIMED));
    }

    private static final Probe FLOW = TrialFixture.ask(Wanted.OPEN).getFirst().probe();

    private static Pace brief(int usual) {
        return new Pace(Map.of(FLOW, Duration.ofMillis(usual)), Set.of());
    }

    @ParameterizedTest(name = "usually {0} ms: {1} ms")
    @CsvSource({"0, 250", "1, 250", "25, 250", "26, 350", "40, 500", "75, 750", "76, 1000", "149, 1500", "151, 1500", "900, 1500"})
    void waits_ten_times_as_long_as_a_flow_usually_takes(int usual, int deadline) {
        var how = brief(usual).next();
        assertThat(how.deadline()).isEqualTo(Duration.ofMillis(250));
        assertThat(how.deadline(FLOW)).isEqualTo(Duration.ofMillis(deadline));
        assertThat(how.longest()).isEqualTo(Duration.ofMillis(deadline));
    }

    @ParameterizedTest(name = "usually {0} ms: {1} and {2} ms")
    @CsvSource({"1, 750, 250", "75, 750, 250", "76, 1000, 250", "300, 1500, 350", "900, 1500, 1000"})
    void waits_longer_for_what_shall_be_open_and_for_the_rest_no_shorter_than_that_takes(int usual, int deadline, int other) {
        var how = new Pace(Map.of(FLOW, Duration.ofMillis(usual), OTHER, Duration.ofMillis(1)), Set.of(FLOW)).next();
        assertThat(how.deadline(FLOW)).isEqualTo(Duration.ofMillis(deadline));
        assertThat(how.deadline(OTHER)).isEqualTo(Duration.ofMillis(other));
    }

    @ParameterizedTest(name = "{0} ms with a control of {1} ms: {2} ms")
    @CsvSource({"250, 2, 250, false", "375, 2, 250, false", "400, 2, 350, true", "250, 26, 350, true", "250, 100, 1000, true",
        "3000, 2, 1500, true"})
    void does_not_believe_a_silence_that_was_shorter_than_what_was_measured_meanwhile(int silent, int control, int next, boolean hasty) {
        var pace = brief(1);
        round(pace, pace.next(), 700, control, OPEN, blocked(silent));
        assertThat(pace.wasHasty()).isEqualTo(hasty);
        assertThat(pace.next().deadline(FLOW)).isEqualTo(Duration.ofMillis(next));
        round(pace, pace.next(), 2000, control, OPEN, blocked(next));
        assertThat(pace.wasHasty()).isFalse();
    }

    @ParameterizedTest(name = "{0} ms: {1} ms, not believed: {2}")
    @CsvSource({"1, 250, false", "250, 250, false", "251, 350, true", "700, 750, true"})
    void does_not_believe_a_silence_that_was_shorter_than_an_answer_of_the_same_round(int answer, int next, boolean hasty) {
        var pace = new Pace(Map.of(FLOW, Duration.ofMillis(1), OTHER, Duration.ofMillis(1)), Set.of(FLOW));
        round(pace, pace.next(), 800, 1, answered(answer), otherBlocked(250));
        assertThat(pace.wasHasty()).isEqualTo(hasty);
        assertThat(pace.next().deadline(OTHER)).isEqualTo(Duration.ofMillis(next));
        round(pace, pace.next(), 800, 1, answered(1), otherBlocked(next));
        assertThat(pace.wasHasty()).isFalse();
        assertThat(pace.next().deadline(OTHER)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void does_not_take_the_way_of_a_request_for_the_lateness_of_a_dial() {
        var pace = brief(1);
        round(pace, pace.next(), 4000, 1, OPEN, blocked(251));
        assertThat(pace.wasHasty()).isFalse();
        assertThat(pace.next().longest()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void waits_the_whole_deadline_for_what_differs() {
        var pace = brief(1);
        round(pace, pace.next(), 260, 1, OPEN, undecided(250));
        assertThat(pace.next()).isEqualTo(new Dialling(Duration.ofMillis(500), 0, Map.of(FLOW, Dialling.DEFAULT.deadline())));
        round(pace, pace.next(), 20, 1, OPEN, OPEN);
        assertThat(pace.next()).isEqualTo(new Dialling(Duration.ofMillis(500), 0));
        assertThat(pace.wasHasty()).isFalse();
    }

    @Test
    void waits_the_whole_deadline_once_for_what_goes_on_to_differ() {
        var pace = brief(1);
        round(pace, pace.next(), 260, 1, undecided(250));
        round(pace, pace.next(), 1500, 1, undecided(1500));
        assertThat(pace.next().deadline(FLOW)).isEqualTo(Duration.ofMillis(500));
        round(pace, pace.next(), 500, 1, undecided(500));
        assertThat(pace.wasHasty()).isFalse();
    }

    private static final Probe OTHER = Probe.Reach.of(Flow.of(TrialFixture.API, TrialFixture.WEB, TrialFixture.PORT));

    private static Cell otherBlocked(int silentFor) {
        var question = Question.of(OTHER, Wanted.BLOCKED, 1);
        var silence = new Outcome.TimedOut(Duration.ofMillis(silentFor), Outcome.Lost.REQUEST);
        return new Cell(question, List.of(new Observation(OTHER, silence, Instant.EPOCH, List.of())), new Control.NotNeeded(),
            new Verdict.Blocked(Verdict.Manner.DROPPED, Control.Grade.BASELINE), null, false, null);
    }

    /// A flow that came late shows that others may, too.
    @ParameterizedTest(name = "answered after {0} ms: {1} ms, not believed: {2}")
    @CsvSource({"1, 500, false", "50, 500, false", "60, 750, true", "400, 1500, true"})
    void waits_for_every_silence_ten_times_as_long_as_what_was_missed_took_in_the_end(int late, int deadline, boolean hasty) {
        var pace = new Pace(Map.of(FLOW, Duration.ofMillis(1), OTHER, Duration.ofMillis(1)), Set.of());
        round(pace, pace.next(), 260, 1, undecided(250), otherBlocked(250));
        assertThat(pace.next().deadline(OTHER)).isEqualTo(Duration.ofMillis(500));
        round(pace, pace.next(), 520, 1, answered(late), otherBlocked(500));
        assertThat(pace.wasHasty()).isEqualTo(hasty);
        assertThat(pace.next().deadline(OTHER)).isEqualTo(Duration.ofMillis(deadline));
    }

    @Test
    void looks_ahead_again_after_one_difference_and_no_more_after_two() {
        var pace = brief(1);
        assertThat(pace.waitsForSilence()).isTrue();
        round(pace, pace.next(), 260, 1, undecided(250));
        assertThat(pace.waitsForSilence()).isTrue();
        round(pace, pace.next(), 1500, 1, undecided(1500));
        assertThat(pace.waitsForSilence()).isFalse();
    }

    /// It was looked at again and again until its patience ended, since each look was shorter than the controls demanded.
    @Test
    void waits_as_long_as_controls_demand_also_after_something_differed() {
        var pace = brief(1);
        round(pace, pace.next(), 700, 60, NOT_AS_CLAIMED);
        round(pace, pace.next(), 1700, 60, blocked(1500));
        assertThat(pace.next().deadline()).isEqualTo(Duration.ofMillis(500));
        assertThat(pace.next().deadline(FLOW)).isEqualTo(Duration.ofMillis(750));
        round(pace, pace.next(), 800, 60, blocked(750));
        assertThat(pace.wasHasty()).isFalse();
    }
}

package dev.lockdown.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.TimeVerdict.Doubt;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What samples prove")
class TimeJudgeTest {
    private static final Cause CHANGE = new Cause("policy shop/deny applied", 10_000, 12_000);
    private static final SampleRun BEFORE = new SampleRun(0, 9_000, 10, Seen.OPEN);
    private static final SampleRun LEAKING = new SampleRun(10_000, 50_000, 41, Seen.OPEN);
    private static final SampleRun SHUT = new SampleRun(51_000, 99_000, 49, Seen.SILENT);

    private static TimeVerdict judge(TimeClaim claim, SampleRun... runs) {
        return TimeJudge.judge(claim, List.of(runs), List.of(CHANGE), runs[runs.length - 1].lastMicros());
    }

    private static TimeClaim cutOff(long millis) {
        return new TimeClaim.CutOff(Duration.ofMillis(millis));
    }

    @Test
    void is_that_it_was_cut_off_in_time() {
        var verdict = judge(cutOff(41), BEFORE, LEAKING, SHUT);
        assertThat(verdict.ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(TimeWording.of("a to b", verdict))
            .isEqualTo("a to b, asked within 41 ms: was cut off after 41 ms ± 1 ms (41 samples, after policy shop/deny applied)");
    }

    @Test
    void is_that_it_was_cut_off_too_late() {
        var verdict = judge(cutOff(39), BEFORE, LEAKING, SHUT);
        assertThat(verdict.ruling()).isEqualTo(Ruling.FAILS);
        assertThat(TimeWording.of("a to b", verdict)).startsWith("a to b was cut off after 41 ms ± 1 ms").endsWith("; asked: within 39 ms");
    }

    @Test
    void is_nothing_where_the_bound_lies_between_two_samples() {
        assertThat(judge(cutOff(40), BEFORE, LEAKING, SHUT)).extracting(TimeVerdict::ruling, TimeVerdict::doubt)
            .containsExactly(Ruling.INCONCLUSIVE, Doubt.BETWEEN_SAMPLES);
    }

    @Test
    void is_that_it_was_never_cut_off() {
        assertThat(judge(cutOff(30), BEFORE, LEAKING).ruling()).isEqualTo(Ruling.FAILS);
    }

    @Test
    void is_nothing_of_a_flow_that_never_worked() {
        assertThat(judge(cutOff(30), new SampleRun(0, 99_000, 100, Seen.SILENT)).doubt()).isEqualTo(Doubt.NEVER_OPEN);
    }

    @Test
    void is_nothing_of_what_was_not_sampled_after_the_change() {
        var verdict = judge(cutOff(40), BEFORE, new SampleRun(10_000, 99_000, 90, Seen.UNKNOWN));
        assertThat(verdict).extracting(TimeVerdict::ruling, TimeVerdict::doubt).containsExactly(Ruling.INCONCLUSIVE, Doubt.ENDED_EARLY);
    }

    @Test
    void is_nothing_where_a_name_server_answers_without_an_address() {
        var absent = new SampleRun(10_000, 900_000, 90, Seen.UNRESOLVED);
        var before = new SampleRun(0, 9_000, 10, Seen.OPEN);
        for (var claim : List.of(cutOff(40), new TimeClaim.NeverShut(Duration.ZERO), new TimeClaim.NeverOpen(Duration.ofSeconds(1)))) {
            boolean open = claim instanceof TimeClaim.NeverOpen;
            var verdict = TimeJudge.judge(claim, open ? List.of(absent) : List.of(before, absent), List.of(CHANGE), 900_000, List.of());
            assertThat(verdict).extracting(TimeVerdict::ruling, TimeVerdict::doubt)
                .containsExactly(Ruling.INCONCLUSIVE, Doubt.UNRESOLVED);
            assertThat(TimeWording.of("a", verdict)).contains("its name server answered without an address");
        }
    }

    @Test
    void is_nothing_of_a_flow_that_was_shut_before() {
        assertThat(judge(cutOff(30), new SampleRun(0, 1_000, 2, Seen.OPEN), new SampleRun(2_000, 99_000, 98, Seen.SILENT)).doubt())
            .isEqualTo(Doubt.ALREADY);
    }

    @Test
    void is_nothing_where_no_sample_could_be_taken() {
        assertThat(judge(cutOff(30), new SampleRun(0, 9_000, 10, Seen.UNKNOWN)).doubt()).isEqualTo(Doubt.NO_SAMPLES);
    }

    @Test
    void is_that_it_came_back() {
        var shut = new SampleRun(0, 14_000, 15, Seen.SILENT);
        var open = new SampleRun(15_000, 60_000, 46, Seen.OPEN);
        assertThat(judge(new TimeClaim.Back(Duration.ofMillis(5)), shut, open).ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(judge(new TimeClaim.Back(Duration.ofMillis(3)), shut, open).ruling()).isEqualTo(Ruling.FAILS);
    }

    @Test
    void is_that_a_single_sample_got_through() {
        var once = new SampleRun(50_000, 50_000, 1, Seen.OPEN);
        var before = new SampleRun(0, 49_000, 50, Seen.SILENT);
        var after = new SampleRun(51_000, 99_000, 49, Seen.SILENT);
        assertThat(judge(new TimeClaim.NeverOpen(Duration.ZERO), before, once, after).ruling()).isEqualTo(Ruling.FAILS);
        assertThat(judge(new TimeClaim.NeverOpen(Duration.ofMillis(2)), before, once, after).ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(judge(new TimeClaim.NeverOpen(Duration.ofMillis(1)), before, once, after).ruling()).isEqualTo(Ruling.INCONCLUSIVE);
        assertThat(judge(new TimeClaim.NeverOpen(Duration.ZERO), before, after).ruling()).isEqualTo(Ruling.HOLDS);
    }

    @Test
    void is_that_a_flow_was_not_open_while_one_of_its_ends_was_not_there() {
        var gone = new SampleRun(10_000, 400_000, 391, Seen.ABSENT);
        var shut = new SampleRun(0, 9_000, 10, Seen.SILENT);
        assertThat(judge(new TimeClaim.NeverOpen(Duration.ZERO), shut, gone, new SampleRun(401_000, 409_000, 9, Seen.SILENT)).ruling())
            .isEqualTo(Ruling.HOLDS);
        assertThat(judge(new TimeClaim.NeverOpen(Duration.ZERO), shut, gone, new SampleRun(401_000, 409_000, 9, Seen.OPEN)).ruling())
            .isEqualTo(Ruling.FAILS);
        assertThat(judge(new TimeClaim.NeverShut(Duration.ZERO), BEFORE, gone, new SampleRun(401_000, 409_000, 9, Seen.OPEN)).doubt())
            .isEqualTo(Doubt.UNSAMPLED);
        assertThat(judge(new TimeClaim.NeverOpen(Duration.ZERO), gone).doubt()).isEqualTo(Doubt.NO_SAMPLES);
    }

    private static TimeVerdict outside(TimeClaim claim, List<Disrupted> disruptions, SampleRun... runs) {
        return TimeJudge.judge(claim, List.of(runs), List.of(), runs[runs.length - 1].lastMicros(), disruptions);
    }

    private static Disrupted disrupted(long from, long over) {
        return new Disrupted("a link is down", from, over, over);
    }

    @Test
    void leaves_out_what_was_seen_during_a_disruption() {
        var claim = new TimeClaim.NeverShut(Duration.ZERO, true);
        var before = new SampleRun(0, 19_000, 20, Seen.OPEN);
        var shut = new SampleRun(20_000, 49_000, 30, Seen.SILENT);
        var after = new SampleRun(50_000, 99_000, 50, Seen.OPEN);
        assertThat(outside(claim, List.of(), before, shut, after).ruling()).isEqualTo(Ruling.FAILS);
        assertThat(outside(claim, List.of(disrupted(20_000, 49_000)), before, shut, after).ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(outside(new TimeClaim.NeverShut(Duration.ZERO), List.of(disrupted(20_000, 49_000)), before, shut, after).ruling())
            .isEqualTo(Ruling.FAILS);
        // One sample on either side of it is enough.
        assertThat(outside(claim, List.of(disrupted(20_001, 49_000)), before, shut, after)).satisfies(v -> {
            assertThat(v.ruling()).isEqualTo(Ruling.FAILS);
            assertThat(v.window()).isNotNull().extracting(Window::samples).isEqualTo(1);
        });
        assertThat(outside(claim, List.of(disrupted(20_000, 48_999)), before, shut, after).ruling()).isEqualTo(Ruling.FAILS);
        assertThat(outside(claim, List.of(disrupted(35_000, 60_000), disrupted(10_000, 40_000)), before, shut, after).ruling())
            .isEqualTo(Ruling.HOLDS);
    }

    @Test
    void does_not_take_what_was_shut_on_both_sides_of_a_disruption_for_one_time() {
        var runs = new SampleRun[] {new SampleRun(0, 9_000, 10, Seen.OPEN), new SampleRun(10_000, 59_000, 50, Seen.SILENT),
            new SampleRun(60_000, 99_000, 40, Seen.OPEN)};
        var middle = List.of(disrupted(25_000, 45_000));
        assertThat(outside(new TimeClaim.NeverShut(Duration.ofMillis(20), true), middle, runs).ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(outside(new TimeClaim.NeverShut(Duration.ofMillis(10), true), middle, runs).ruling()).isEqualTo(Ruling.FAILS);
    }

    @Test
    void fails_where_a_flow_was_shut_for_the_whole_time_behind_a_disruption() {
        assertThat(outside(new TimeClaim.NeverShut(Duration.ofMillis(20), true), List.of(disrupted(9_500, 20_000)),
            new SampleRun(0, 9_000, 10, Seen.OPEN), new SampleRun(10_000, 99_000, 90, Seen.SILENT)).ruling()).isEqualTo(Ruling.FAILS);
    }

    @Test
    void proves_nothing_where_all_was_disrupted() {
        var open = new SampleRun(0, 99_000, 100, Seen.OPEN);
        assertThat(outside(new TimeClaim.NeverShut(Duration.ZERO, true), List.of(disrupted(-10, Long.MAX_VALUE)), open).doubt())
            .isEqualTo(Doubt.NO_SAMPLES);
        assertThat(outside(new TimeClaim.NeverOpen(Duration.ZERO, true), List.of(disrupted(50_000, Long.MAX_VALUE)), open).ruling())
            .isEqualTo(Ruling.FAILS);
        assertThat(TimeWording.of("a to b", outside(new TimeClaim.NeverShut(Duration.ZERO, true), List.of(), open)))
            .isEqualTo("a to b was never shut outside the disruptions");
    }

    @Test
    void is_that_it_was_shut_for_too_long() {
        assertThat(judge(new TimeClaim.NeverShut(Duration.ofMillis(40)), BEFORE, LEAKING, SHUT).ruling()).isEqualTo(Ruling.FAILS);
        assertThat(judge(new TimeClaim.NeverShut(Duration.ofMillis(60)), BEFORE, LEAKING, SHUT).ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(judge(new TimeClaim.NeverShut(Duration.ZERO), BEFORE, LEAKING).ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(judge(new TimeClaim.NeverShut(Duration.ZERO), SHUT).doubt()).isEqualTo(Doubt.NEVER_OPEN);
    }

    @Test
    void is_nothing_where_the_samples_end_before_the_bound() {
        var verdict = judge(cutOff(60), BEFORE, LEAKING);
        assertThat(verdict.doubt()).isEqualTo(Doubt.ENDED_EARLY);
        assertThat(TimeWording.of("a to b", verdict))
            .isEqualTo("a to b proves nothing of \"within 60 ms\": its samples end 40 ms after the change");
    }

    @Test
    void is_nothing_of_what_was_not_sampled_for_longer_than_the_bound() {
        var unsampled = new SampleRun(51_000, 80_000, 2, Seen.UNKNOWN);
        var after = new SampleRun(81_000, 99_000, 19, Seen.OPEN);
        var verdict = judge(new TimeClaim.NeverShut(Duration.ofMillis(30)), BEFORE, LEAKING, unsampled, after);
        assertThat(verdict.doubt()).isEqualTo(Doubt.UNSAMPLED);
        assertThat(TimeWording.of("a to b", verdict))
            .isEqualTo("a to b proves nothing of \"never shut for longer than 30 ms\": nothing is known of it for 31 ms");
        assertThat(judge(new TimeClaim.NeverShut(Duration.ofMillis(31)), BEFORE, LEAKING, unsampled, after).ruling())
            .isEqualTo(Ruling.HOLDS);
        assertThat(judge(new TimeClaim.NeverShut(Duration.ofMillis(20)), BEFORE, LEAKING, unsampled).doubt()).isEqualTo(Doubt.UNSAMPLED);
        assertThat(judge(new TimeClaim.NeverOpen(Duration.ofMillis(20)), unsampled, new SampleRun(81_000, 99_000, 19, Seen.SILENT)).doubt())
            .isEqualTo(Doubt.UNSAMPLED);
    }

    @Test
    void may_be_without_samples_for_a_quarter_of_a_second_where_no_time_is_named() {
        var never = new TimeClaim.NeverShut(Duration.ZERO);
        assertThat(judge(never, BEFORE, new SampleRun(10_000, 258_000, 2, Seen.UNKNOWN), new SampleRun(259_000, 259_000, 1, Seen.OPEN))
            .ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(judge(never, BEFORE, new SampleRun(10_000, 259_000, 2, Seen.UNKNOWN), new SampleRun(259_001, 260_000, 2, Seen.OPEN))
            .doubt()).isEqualTo(Doubt.UNSAMPLED);
    }

    @Test
    void is_what_failed_although_not_everything_was_sampled() {
        assertThat(judge(new TimeClaim.NeverShut(Duration.ofMillis(20)), BEFORE, new SampleRun(10_000, 50_000, 2, Seen.UNKNOWN), SHUT)
            .ruling()).isEqualTo(Ruling.FAILS);
    }
}

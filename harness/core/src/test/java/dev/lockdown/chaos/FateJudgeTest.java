package dev.lockdown.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.FateVerdict.Doubt;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A connection, by its beats,")
class FateJudgeTest {
    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final Cause DENIED = new Cause("policy shop/deny applied", 100_000, 101_000);
    private static final long FOR_EVER = Long.MAX_VALUE;

    /// Beats each millisecond, in milliseconds since the connection was held.
    private static final class Beats {
        private final List<BeatRun> runs = new ArrayList<>();

        Beats there(int from, int to, Beat beat) {
            return run(Way.THERE, from, to, beat);
        }

        Beats back(int from, int to, Beat beat) {
            return run(Way.BACK, from, to, beat);
        }

        Beats both(int from, int to, Beat beat) {
            return there(from, to, beat).back(from, to, beat);
        }

        /// Beats of both directions that all arrive at once.
        Beats late(int from, int to, int arrived) {
            for (var way : Way.values())
                runs.add(new BeatRun(way, from * 1000L, to * 1000L, to - from + 1, Beat.DELAYED, (arrived - from) * 1000L));
            return this;
        }

        private Beats run(Way way, int from, int to, Beat beat) {
            runs.add(new BeatRun(way, from * 1000L, to * 1000L, to - from + 1, beat, 0));
            return this;
        }

        FateVerdict judged(FateClaim claim) {
            return FateJudge.judge(claim, runs, INTERVAL, DENIED);
        }

        Fate fate() {
            return FateJudge.fate(runs, INTERVAL, DENIED, FOR_EVER);
        }
    }

    private static Beats alive(int until) {
        return new Beats().both(0, until, Beat.ARRIVED);
    }

    @Test
    void survives_when_beats_go_on_both_ways() {
        assertThat(alive(700).judged(FateClaim.SURVIVES)).returns(Ruling.HOLDS, FateVerdict::ruling)
            .returns(new Fate.Survives(0), FateVerdict::fate);
    }

    @Test
    void is_not_said_to_survive_before_it_was_seen_for_long_enough() {
        assertThat(alive(400).judged(FateClaim.SURVIVES)).returns(Doubt.UNDECIDED, FateVerdict::doubt);
    }

    @Test
    void survives_though_a_beat_or_two_are_lost() {
        var verdict = alive(150).both(151, 152, Beat.LOST).both(153, 900, Beat.ARRIVED).judged(FateClaim.SURVIVES);
        assertThat(verdict.ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(verdict.losses()).isEqualTo(new FateVerdict.Losses(2, 2, 0));
    }

    @Test
    void is_silent_when_nothing_arrives_for_a_second_either_way() {
        var silent = alive(110).there(111, 1400, Beat.LOST).back(111, 130, Beat.ARRIVED).back(131, 1400, Beat.LOST);
        assertThat(silent.fate()).isEqualTo(new Fate.Silent(30_000));
        assertThat(silent.judged(FateClaim.GOES_SILENT).ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(silent.judged(FateClaim.SURVIVES).ruling()).isEqualTo(Ruling.FAILS);
    }

    @Test
    void is_only_held_up_when_it_goes_on_before_a_kernel_has_sent_again_twice() {
        assertThat(alive(110).both(111, 700, Beat.LOST).judged(FateClaim.GOES_SILENT).doubt()).isEqualTo(Doubt.UNDECIDED);
        assertThat(alive(110).both(111, 700, Beat.LOST).both(701, 800, Beat.ARRIVED).fate()).isEqualTo(new Fate.Survives(0));
    }

    @Test
    void carries_replies_only_when_one_direction_alone_is_dead() {
        var half = alive(110).there(111, 1400, Beat.LOST).back(111, 1400, Beat.ARRIVED);
        assertThat(half.fate()).isEqualTo(new Fate.OneWay(Way.BACK, 10_000));
        assertThat(half.judged(FateClaim.REPLIES_ONLY).ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(half.judged(FateClaim.GOES_SILENT).ruling()).isEqualTo(Ruling.FAILS);
    }

    @Test
    void does_not_carry_replies_only_when_they_are_what_is_dead() {
        var half = alive(110).back(111, 1400, Beat.LOST).there(111, 1400, Beat.ARRIVED);
        assertThat(half.fate()).isEqualTo(new Fate.OneWay(Way.THERE, 10_000));
        assertThat(half.judged(FateClaim.REPLIES_ONLY).ruling()).isEqualTo(Ruling.FAILS);
    }

    @Test
    void is_reset_when_one_end_is_told() {
        assertThat(alive(110).there(111, 111, Beat.REFUSED).back(111, 111, Beat.LOST).fate()).isEqualTo(new Fate.Reset(11_000));
    }

    @Test
    void survives_a_refusal_after_which_datagrams_arrive_again() {
        assertThat(alive(110).there(111, 112, Beat.REFUSED).back(111, 900, Beat.ARRIVED).there(113, 900, Beat.ARRIVED).fate())
            .isEqualTo(new Fate.Survives(0));
    }

    @Test
    void proves_nothing_when_it_died_with_whoever_held_it() {
        var gone = alive(110).both(111, 1400, Beat.UNKNOWN);
        for (var claim : List.of(FateClaim.SURVIVES, FateClaim.IS_RESET, FateClaim.GOES_SILENT, FateClaim.LOSES_NOTHING))
            assertThat(gone.judged(claim)).returns(Ruling.INCONCLUSIVE, FateVerdict::ruling).returns(Doubt.UNDECIDED, FateVerdict::doubt);
        assertThat(alive(110).both(111, 112, Beat.LOST).both(113, 1400, Beat.UNKNOWN).judged(FateClaim.LOSES_NOTHING).ruling())
            .isEqualTo(Ruling.FAILS);
    }

    @ParameterizedTest
    @EnumSource(FateClaim.class)
    void proves_nothing_when_it_never_worked_both_ways(FateClaim claim) {
        assertThat(new Beats().there(0, 1400, Beat.ARRIVED).back(0, 1400, Beat.LOST).judged(claim))
            .returns(Ruling.INCONCLUSIVE, FateVerdict::ruling).returns(Doubt.NEVER_WORKED, FateVerdict::doubt);
    }

    @Test
    void proves_nothing_when_it_was_lost_before_the_change() {
        assertThat(alive(50).both(51, 1400, Beat.LOST).judged(FateClaim.GOES_SILENT).doubt()).isEqualTo(Doubt.LOST_BEFORE);
        assertThat(alive(50).there(51, 51, Beat.REFUSED).judged(FateClaim.IS_RESET).doubt()).isEqualTo(Doubt.LOST_BEFORE);
    }

    @Test
    void goes_on_again_when_the_change_brings_it_back() {
        assertThat(alive(50).both(51, 119, Beat.LOST).both(120, 900, Beat.ARRIVED).fate()).isEqualTo(new Fate.Survives(20_000));
    }

    @Test
    void counts_what_was_held_up_from_when_it_arrived() {
        var stream = alive(110).both(111, 1399, Beat.LOST).late(1400, 1599, 1600).both(1600, 2600, Beat.ARRIVED).runs;
        var allowed = new Cause("policy shop/deny deleted", 1_500_000, 1_501_000);
        assertThat(FateJudge.fate(stream, INTERVAL, DENIED, 1_500_000)).isEqualTo(new Fate.Silent(10_000));
        assertThat(FateJudge.fate(stream, INTERVAL, allowed, FOR_EVER)).isEqualTo(new Fate.Survives(100_000));
    }

    @Test
    void goes_on_again_when_a_silence_ends_by_itself() {
        assertThat(alive(110).both(111, 1399, Beat.LOST).both(1400, 2000, Beat.ARRIVED).fate()).isEqualTo(new Fate.Survives(1_300_000));
    }

    @Test
    void is_judged_up_to_the_next_change_alone() {
        var beats = alive(800).both(801, 2500, Beat.LOST).runs;
        assertThat(FateJudge.fate(beats, INTERVAL, DENIED, 750_000)).isEqualTo(new Fate.Survives(0));
        assertThat(FateJudge.fate(beats, INTERVAL, DENIED, 300_000)).isNull();
    }

    @Test
    void proves_nothing_of_a_change_that_was_not_made() {
        assertThat(FateJudge.judge(FateClaim.SURVIVES, alive(900).runs, INTERVAL, null).doubt()).isEqualTo(Doubt.NO_CHANGE);
    }

    @Test
    void loses_nothing_when_every_beat_arrives_however_late() {
        assertThat(alive(90).both(91, 95, Beat.DELAYED).both(96, 200, Beat.ARRIVED).judged(FateClaim.LOSES_NOTHING).ruling())
            .isEqualTo(Ruling.HOLDS);
        assertThat(alive(90).back(91, 91, Beat.LOST).back(92, 200, Beat.ARRIVED).judged(FateClaim.LOSES_NOTHING).ruling())
            .isEqualTo(Ruling.FAILS);
    }

    @Test
    void counts_what_was_lost_before_the_change_apart() {
        var verdict =
            alive(10).there(11, 30, Beat.LOST).there(31, 900, Beat.ARRIVED).back(11, 900, Beat.ARRIVED).judged(FateClaim.SURVIVES);
        assertThat(verdict.losses()).isEqualTo(FateVerdict.Losses.NONE);
    }

    @Test
    void counts_the_part_of_a_silence_that_is_after_the_change() {
        var verdict = alive(50).both(51, 149, Beat.LOST).both(150, 900, Beat.ARRIVED).judged(FateClaim.SURVIVES);
        assertThat(verdict.fate()).isEqualTo(new Fate.Survives(50_000));
        assertThat(verdict.losses().there()).isBetween(49L, 51L);
    }

    @Test
    void is_told_in_words() {
        var silent = alive(110).both(111, 1400, Beat.LOST).judged(FateClaim.SURVIVES);
        assertThat(FateWording.of("shop/web to shop/api on TCP/8080", silent)).isEqualTo(
            "the connection shop/web to shop/api on TCP/8080 went silent 10 ms after policy shop/deny applied"
                + ", where it was to survive (1,290 beats lost there, 1,290 beats back)");
    }

    @Test
    void goes_on_one_way_only_where_that_is_seen() {
        assertThat(alive(99).there(100, 2_500, Beat.LOST).fate()).as("of the other way there is no beat").isNull();
        assertThat(alive(99).back(100, 2_500, Beat.LOST).fate()).isNull();
        assertThat(alive(99).there(100, 2_500, Beat.LOST).back(100, 2_500, Beat.ARRIVED).fate())
            .isInstanceOf(Fate.OneWay.class);
    }
}

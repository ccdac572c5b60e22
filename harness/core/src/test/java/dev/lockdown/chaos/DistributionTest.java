package dev.lockdown.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockdown.chaos.Window.Censored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Windows over repetitions")
class DistributionTest {
    private static Window window(long millis, @Nullable Censored censored) {
        return new Window(Window.Kind.CUT_OFF, null, 0, millis * 1000, millis * 1000, censored, 1);
    }

    private static List<Window> ended(int count) {
        return new ArrayList<>(IntStream.rangeClosed(1, count).mapToObj(i -> window(i, null)).toList());
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void have_a_median_and_their_ends_and_no_percentile_that_they_are_too_few_for() {
        var few = Distribution.of(ended(58));
        assertThat(few).isEqualTo(new Distribution(58, 0, millis(1), millis(29), millis(58), null, null));
        assertThat(TimeWording.of(few)).isEqualTo("median 29 ms, 1 ms to 58 ms");
    }

    @Test
    void have_percentiles_from_the_count_on_that_bears_them() {
        assertThat(Distribution.of(ended(59)).p95()).isEqualTo(millis(57));
        assertThat(Distribution.of(ended(100)).p95()).isEqualTo(millis(95));
        assertThat(Distribution.of(ended(298)).p99()).isNull();
        assertThat(Distribution.of(ended(300)).p99()).isEqualTo(millis(297));
        assertThat(TimeWording.of(Distribution.of(ended(300)))).endsWith("p95 285 ms, p99 297 ms");
    }

    /// Times 6, 6, 6, 6+, 7, 9+, 10, 10+, 11+, 13, 16, 17+, 19+, 20+, 22, 23, 25+, 32+, 32+, 34+, 35+ (Freireich and others, 1963), whose
    /// estimated median is 23.
    @Test
    void count_what_had_not_ended_as_longer_than_was_seen() {
        var windows = new ArrayList<Window>();
        for (int t : new int[] {6, 6, 6, 7, 10, 13, 16, 22, 23}) windows.add(window(t, null));
        for (int t : new int[] {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) windows.add(window(t, Censored.RIGHT));
        var distribution = Distribution.of(windows);
        assertThat(distribution).isEqualTo(new Distribution(9, 12, millis(6), millis(23), millis(23), null, null));
        assertThat(TimeWording.of(distribution)).isEqualTo("median 23 ms, 6 ms to 23 ms, 12 had not ended");
    }

    @Test
    void have_no_median_where_half_of_them_had_not_ended() {
        assertThat(Distribution.of(List.of(window(5, Censored.RIGHT), window(1, null), window(7, Censored.RIGHT))).median()).isNull();
        assertThat(TimeWording.of(Distribution.of(List.of(window(5, Censored.RIGHT))))).isEqualTo("1 had not ended");
        assertThat(TimeWording.of(Distribution.of(List.of()))).isEqualTo("none");
    }

    @Test
    void leave_out_what_had_begun_before_the_first_sample() {
        var windows = ended(2);
        windows.add(window(900, Censored.LEFT));
        assertThat(Distribution.of(windows).most()).isEqualTo(millis(2));
    }

    @Test
    void prove_a_part_of_all() {
        assertThat(Distribution.atLeast(19, 20)).isCloseTo(0.7839, within(0.0001));
        assertThat(Distribution.atLeast(20, 20)).isCloseTo(0.8609, within(0.0001));
        assertThat(Distribution.atLeast(0, 20)).isZero();
    }

    @Test
    void prove_of_all_that_a_part_takes_no_longer_than_the_longest_that_ended() {
        var windows = ended(19);
        windows.add(window(900, Censored.RIGHT));
        var proven = Distribution.of(windows).proven();
        assertThat(proven).extracting("within", "inTime", "of").containsExactly(millis(19), 19, 20);
        assertThat(TimeWording.of(Window.Kind.CUT_OFF, "policy shop/deny applied", 4, Distribution.of(windows), proven)).isEqualTo(
            "cut off after policy shop/deny applied, 20 times in 4 repetitions: median 10 ms, 1 ms to 19 ms, 1 had not ended; "
                + "19 of 20 within 19 ms, so at least 78 % of all with 95 % confidence");
        assertThat(Distribution.of(List.of(window(5, Censored.RIGHT))).proven()).isNull();
    }

    @Test
    void are_a_curve_on_which_what_had_not_ended_is_a_mark() {
        var points = Curve.of(List.of(window(20, Censored.RIGHT), window(10, null), window(10, Censored.RIGHT), window(40, null),
            window(5, Censored.LEFT)));
        assertThat(points).extracting(Curve.Point::length).containsExactly(millis(10), millis(10), millis(20), millis(40));
        assertThat(points).extracting(Curve.Point::last).containsExactly(true, false, false, true);
        assertThat(points).extracting(Curve.Point::ended).containsExactly(0.25, 0.25, 0.25, 1.0);
    }
}

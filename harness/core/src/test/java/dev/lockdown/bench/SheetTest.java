package dev.lockdown.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sheet of figures")
class SheetTest {
    @Test
    void shows_median_and_extremes_beside_the_goal() {
        assertThat(Sheet.line(figure(Goal.millis(30), 12, 40, 20)).split(" {2,}"))
            .containsExactly("a table", "30.0 ms", "20.0 ms", "(12.0 ms..40.0 ms)", "1.00 ms", "3 MB ok");
    }

    @Test
    void marks_what_is_over_its_target() {
        assertThat(Sheet.line(figure(Goal.millis(19.9), 12, 40, 20))).endsWith(" over");
    }

    @Test
    void leaves_out_a_goal_that_nobody_set() {
        assertThat(Sheet.line(figure(Goal.NONE, 1500)).split(" {2,}"))
            .containsExactly("a table", "1.50 s", "(1.50 s..1.50 s)", "1.00 ms", "3 MB");
    }

    @Test
    void shows_the_floor_and_the_multiple_of_it() {
        assertThat(Sheet.line(above(Goal.timesFloor(2), 10, 19)).split(" {2,}"))
            .containsExactly("a table", "2.00 x", "19.0 ms", "(19.0 ms..19.0 ms)", "1.00 ms", "10.0 ms", "1.90 x", "3 MB ok");
    }

    @Test
    void marks_what_is_too_far_above_the_floor() {
        assertThat(Sheet.line(above(Goal.timesFloor(2), 10, 21))).endsWith(" over");
    }

    @Test
    void compares_each_round_with_the_floor_of_its_own_time() {
        var figure = new Figure("a table", Goal.timesFloor(2), samples(10, 60, 15), samples(10, 40, 10), 0);

        assertThat(figure.ratio()).isEqualTo(1.5);
    }

    private static Figure figure(Goal goal, long... millis) {
        return new Figure("a table", goal, samples(millis), 5 << 19);
    }

    private static Figure above(Goal goal, long floor, long millis) {
        return new Figure("a table", goal, samples(millis), samples(floor), 5 << 19);
    }

    private static List<Sample> samples(long... millis) {
        return Arrays.stream(millis).mapToObj(m -> new Sample(Duration.ofMillis(m), Duration.ofMillis(1))).toList();
    }
}

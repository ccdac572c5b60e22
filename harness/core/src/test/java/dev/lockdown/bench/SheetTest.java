package dev.lockdown.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sheet of figures")
class SheetTest {
    @Test
    void shows_median_and_extremes_beside_target_and_floor() {
        assertThat(Sheet.line(figure(Goal.millis(30).withFloor(8), 12, 40, 20)).split(" {2,}"))
            .containsExactly("a table", "30.0 ms", "20.0 ms", "(12.0 ms..40.0 ms)", "1.00 ms", "8.00 ms", "3 MB");
    }

    @Test
    void marks_what_is_over_its_target() {
        assertThat(Sheet.line(figure(Goal.millis(19.9), 12, 40, 20))).endsWith("  over");
    }

    @Test
    void leaves_out_a_target_that_nobody_set() {
        assertThat(Sheet.line(figure(Goal.NONE, 1500)).split(" {2,}"))
            .containsExactly("a table", "1.50 s", "(1.50 s..1.50 s)", "1.00 ms", "3 MB");
    }

    private static Figure figure(Goal goal, long... millis) {
        Stream<Sample> rounds =
            java.util.Arrays.stream(millis).mapToObj(m -> new Sample(Duration.ofMillis(m), Duration.ofMillis(1)));
        return new Figure("a table", goal, rounds.toList(), 5 << 19);
    }
}

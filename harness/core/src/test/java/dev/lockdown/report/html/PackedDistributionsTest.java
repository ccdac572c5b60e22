package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.Curve;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plot of windows that came time after time")
class PackedDistributionsTest {
    private static List<Curve.Point> points(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> new Curve.Point(Duration.ofMillis(i), (double) i / count, true)).toList();
    }

    @Test
    void has_every_point_of_a_few() {
        assertThat(PackedDistributions.thinned(points(400))).isEqualTo(points(400));
    }

    @Test
    void has_the_first_and_the_last_of_many() {
        var some = PackedDistributions.thinned(points(100_001));
        assertThat(some).hasSize(400).doesNotHaveDuplicates();
        assertThat(some.getFirst().length()).isEqualTo(Duration.ofMillis(1));
        assertThat(some.getLast().length()).isEqualTo(Duration.ofMillis(100_001));
    }
}

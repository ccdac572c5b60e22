package dev.lockdown.disruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.disruption.Schedule.Order;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A schedule of disruptions")
class ScheduleTest {
    private static final List<Disruption> ALL = IntStream.rangeClosed(1, 8)
        .<Disruption>mapToObj(i -> new ClusterDisruption.EnforcementPaused(Duration.ofMillis(i))).toList();

    private static RandomGenerator seed(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static List<Schedule.Group> round(Order order, long seed) {
        return new Schedule(ALL, order, 1, Duration.ZERO).round(seed(seed));
    }

    @Test
    void has_all_of_them_together_at_once() {
        assertThat(round(Order.AT_ONCE, 1)).containsExactly(new Schedule.Group(Duration.ZERO, ALL));
    }

    @Test
    void has_one_after_another_in_turn() {
        assertThat(round(Order.IN_TURN, 1))
            .containsExactlyElementsOf(ALL.stream().map(d -> new Schedule.Group(Duration.ZERO, List.of(d))).toList());
    }

    @Test
    void has_each_of_them_once_at_random_and_the_same_again_for_the_same_seed() {
        var round = round(Order.AT_RANDOM, 4711);
        assertThat(round.stream().flatMap(g -> g.disruptions().stream())).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(round(Order.AT_RANDOM, 4711)).isEqualTo(round);
        assertThat(round(Order.AT_RANDOM, 4712)).isNotEqualTo(round);
        assertThat(round).extracting(g -> g.disruptions().getFirst()).isNotEqualTo(ALL);
        assertThat(round).extracting(Schedule.Group::pause).allSatisfy(p -> assertThat(p).isBetween(Duration.ZERO, Duration.ofMillis(100)));
    }

    @Test
    void ends_after_a_number_of_rounds_or_after_a_time() {
        var twice = new Schedule(ALL, Order.AT_ONCE, 2, Duration.ZERO);
        assertThat(twice.goesOn(1, Duration.ofHours(1))).isTrue();
        assertThat(twice.goesOn(2, Duration.ZERO)).isFalse();
        var second = new Schedule(ALL, Order.AT_ONCE, 0, Duration.ofSeconds(1));
        assertThat(second.goesOn(1000, Duration.ofMillis(999))).isTrue();
        assertThat(second.goesOn(0, Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void is_refused_without_an_end_or_without_anything_that_happens() {
        assertThatThrownBy(() -> new Schedule(ALL, Order.AT_ONCE, 0, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule(List.of(), Order.AT_ONCE, 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}

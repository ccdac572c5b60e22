package dev.lockdown.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rank test")
class RankTestTest {
    private static RankTest.Pair pair(long before, long after, int count) {
        return new RankTest.Pair(LongStream.range(0, count).map(i -> before + i * 10).boxed().toList(),
            LongStream.range(0, count).map(i -> after + i * 10).boxed().toList());
    }

    @Test
    void tells_what_takes_twice_as_long() {
        assertThat(RankTest.changed(List.of(pair(10_000, 20_000, 20))).getFirst()).isLessThan(0.001);
        assertThat(RankTest.changed(List.of(pair(20_000, 10_000, 20))).getFirst()).isLessThan(0.001);
    }

    @Test
    void does_not_tell_what_is_significant_and_not_worth_telling() {
        assertThat(RankTest.changed(List.of(pair(10_000, 12_000, 40)))).containsExactly(1.0);
        assertThat(RankTest.changed(List.of(pair(100, 600, 40)))).containsExactly(1.0);
    }

    @Test
    void takes_no_few_values_for_a_change() {
        assertThat(RankTest.changed(List.of(pair(10_000, 90_000, 4)))).containsExactly(1.0);
        assertThat(RankTest.changed(List.of(pair(10_000, 90_000, 5)))).containsExactly(1.0);
    }

    @Test
    void demands_more_where_more_is_compared() {
        // Alone its p is a bit below the bound.
        var one = pair(10_000, 20_000, 8);
        assertThat(RankTest.changed(List.of(one)).getFirst()).isLessThan(0.001);
        var many = new ArrayList<>(Collections.nCopies(50, pair(10_000, 10_000, 8)));
        many.add(one);
        assertThat(RankTest.changed(many)).containsOnly(1.0);
    }

    @Test
    void tells_nothing_of_equal_runs() {
        var chance = new Random(4711);
        for (int night = 0; night < 200; night++) {
            var pairs = IntStream.range(0, 40).mapToObj(_ -> new RankTest.Pair(times(chance), times(chance))).toList();
            assertThat(RankTest.changed(pairs)).containsOnly(1.0);
        }
    }

    private static List<Long> times(Random chance) {
        return IntStream.range(0, 20).mapToObj(_ -> (long) (5000 * Math.exp(chance.nextGaussian()))).toList();
    }
}

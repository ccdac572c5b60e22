package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

    @Test
    void all_shards_together_have_everything_once() {
        var items = IntStream.range(0, 17).boxed().toList();
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(i -> new Shard(i, 5).of(items)).flatMap(List::stream))
            .containsExactlyInAnyOrderElementsOf(items);
    }

    @Test
    void neighbours_go_to_different_shards() {
        assertThat(Shard.parse("2/3").of(List.of("a", "b", "c", "d", "e"))).containsExactly("b", "e");
    }

    @Test
    void parts_that_are_balanced_by_times_take_equally_long_and_have_everything_once() {
        var items = IntStream.range(0, 200).boxed().toList();
        var times = items.stream().filter(i -> i % 10 != 0).collect(Collectors.toMap(i -> i, i -> Duration.ofMillis(10 + i * i)));
        var parts = IntStream.rangeClosed(1, 7).mapToObj(i -> new Shard(i, 7).of(items, times)).toList();
        assertThat(parts.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(items);
        var loads =
            parts.stream().map(p -> p.stream().mapToLong(i -> times.getOrDefault(i, Duration.ofMillis(10_000)).toMillis()).sum()).toList();
        assertThat(Collections.max(loads)).isLessThan((long) (1.05 * Collections.min(loads)));
    }

    @Test
    void ten_thousand_scenarios_are_planned_for_a_hundred_parts_in_no_time() {
        var items = IntStream.range(0, 10_000).boxed().toList();
        var times = items.stream().collect(Collectors.toMap(i -> i, i -> Duration.ofMillis(i % 977)));
        assertThat(IntStream.rangeClosed(1, 100).mapToLong(i -> new Shard(i, 100).of(items, times).size()).sum()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0/3   | 0/3 is not a shard; the first number goes from 1 to the second
        4/3   | 4/3 is not a shard; the first number goes from 1 to the second
        2     | "2" is not a shard; expected i/n such as 2/5
        -1/3  | "-1/3" is not a shard; expected i/n such as 2/5
        """)
    void what_is_no_shard_is_refused(String text, String message) {
        assertThatThrownBy(() -> Shard.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}

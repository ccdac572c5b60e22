package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

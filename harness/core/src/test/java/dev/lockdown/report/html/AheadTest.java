package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is made ahead")
class AheadTest {
    private static final List<Integer> NUMBERS = IntStream.range(0, 500).boxed().toList();

    @Test
    void is_given_in_the_order_of_the_elements_and_made_once() {
        var made = new AtomicInteger();
        var ahead = new Ahead<>(NUMBERS, number -> {
            made.incrementAndGet();
            return number * 2;
        }, Thread::startVirtualThread);
        var given = new ArrayList<Integer>();
        for (int i = 0; i < NUMBERS.size(); i++) given.add(ahead.get(i));
        assertThat(given).isEqualTo(NUMBERS.stream().map(n -> n * 2).toList());
        assertThat(made).hasValue(NUMBERS.size());
    }

    @Test
    void is_made_by_whoever_asks_where_nobody_else_does() {
        var ahead = new Ahead<>(NUMBERS, number -> number + 1, _ -> {});
        assertThat(ahead.get(499)).isEqualTo(500);
        assertThat(ahead.get(0)).isEqualTo(1);
    }

    @Test
    void fails_where_it_is_asked_for_and_nowhere_else() {
        var ahead = new Ahead<>(NUMBERS, number -> {
            if (number == 7) throw new IllegalStateException("seven");
            return number;
        }, _ -> {});
        assertThat(ahead.get(8)).isEqualTo(8);
        assertThatThrownBy(() -> ahead.get(7)).isInstanceOf(CompletionException.class).hasRootCauseMessage("seven");
    }
}

package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
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
        var ahead = new Ahead<Integer, Integer>(number -> {
            made.incrementAndGet();
            return number * 2;
        }, Thread::startVirtualThread);
        NUMBERS.forEach(ahead::add);
        assertThat(ahead.size()).isEqualTo(500);
        var given = new ArrayList<Integer>();
        while (ahead.size() > 0) given.add(ahead.take());
        assertThat(given).isEqualTo(NUMBERS.stream().map(n -> n * 2).toList());
        assertThat(made).hasValue(NUMBERS.size());
    }

    @Test
    void is_made_by_whoever_takes_where_nobody_else_does() {
        var ahead = new Ahead<Integer, Integer>(number -> number + 1, _ -> {});
        ahead.add(1);
        assertThat(ahead.poll()).isNull();
        assertThat(ahead.take()).isEqualTo(2);
        assertThatThrownBy(ahead::take).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void is_there_without_waiting_once_it_is_made() {
        var ahead = new Ahead<Integer, Integer>(number -> number + 1, Runnable::run);
        assertThat(ahead.poll()).isNull();
        ahead.add(1);
        ahead.add(5);
        assertThat(ahead.poll()).isEqualTo(2);
        assertThat(ahead.poll()).isEqualTo(6);
        assertThat(ahead.poll()).isNull();
    }

    /// Who waits for the first makes the second, which lets the first go on.
    @Test
    void is_made_by_whoever_waits_for_another() {
        var begun = new CountDownLatch(1);
        var secondMade = new CountDownLatch(1);
        var ahead = new Ahead<Integer, Integer>(number -> {
            if (number == 2) secondMade.countDown();
            else {
                begun.countDown();
                await(secondMade);
            }
            return number;
        }, task -> {
            if (begun.getCount() > 0) Thread.startVirtualThread(task);
        });
        ahead.add(1);
        await(begun);
        ahead.add(2);
        assertThat(ahead.take()).isEqualTo(1);
        assertThat(ahead.take()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void fails_where_it_is_taken_and_nowhere_else() {
        var ahead = new Ahead<Integer, Integer>(number -> {
            if (number == 7) throw new IllegalStateException("seven");
            return number;
        }, Runnable::run);
        ahead.add(7);
        ahead.add(8);
        assertThatThrownBy(ahead::take).isInstanceOf(CompletionException.class).hasRootCauseMessage("seven");
        assertThat(ahead.take()).isEqualTo(8);
    }
}

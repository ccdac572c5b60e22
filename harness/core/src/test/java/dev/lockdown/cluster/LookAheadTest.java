package dev.lockdown.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Looks that begin while others wait")
@Timeout(30)
class LookAheadTest {
    private static final Duration APART = Duration.ofMillis(5);

    private final AtomicInteger begun = new AtomicInteger();
    private final ConcurrentHashMap<Integer, CountDownLatch> waits = new ConcurrentHashMap<>();

    /// Each has a number, and waits where there is a latch for it.
    private String look(String how) {
        int number = begun.incrementAndGet();
        try {
            if (waits.get(number) instanceof CountDownLatch wait) wait.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return how + number;
    }

    @Test
    void are_taken_as_they_end() {
        waits.put(1, new CountDownLatch(1));
        var looks = new LookAhead<>(APART, this::look);
        assertThat(looks.next("a", 2)).isEqualTo("a2");
        waits.get(1).countDown();
        assertThat(looks.next("b", 1)).as("what was begun is taken before another is").isEqualTo("a1");
        assertThat(looks.next("c", 1)).isEqualTo("c3");
    }

    @Test
    void are_no_more_at_once_than_they_may_be() throws InterruptedException {
        for (int i = 1; i <= 10; i++) waits.put(i, new CountDownLatch(1));
        var looks = new LookAhead<>(APART, this::look);
        var taken = new ArrayList<String>();
        var taker = Thread.ofPlatform().start(() -> taken.add(looks.next("a", 3)));
        Awaitility.await().until(() -> begun.get() == 3);
        Awaitility.await().during(APART.multipliedBy(40)).until(() -> begun.get() == 3);
        waits.get(2).countDown();
        taker.join();
        assertThat(taken).isEqualTo(List.of("a2"));
        waits.values().forEach(CountDownLatch::countDown);
    }

    @Test
    void are_made_by_whoever_asks_where_no_other_may_be_under_way() {
        var looks = new LookAhead<String, Thread>(APART, _ -> Thread.currentThread());
        assertThat(looks.next("a", 1)).isSameAs(Thread.currentThread());
        assertThat(looks.next("a", 2)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void do_not_begin_before_the_last_has_waited_a_while() {
        var looks = new LookAhead<>(Duration.ofSeconds(20), this::look);
        assertThat(looks.next("a", 2)).isEqualTo("a1");
        assertThat(begun.get()).isEqualTo(1);
    }

    @Test
    void are_not_taken_after_they_were_forgotten() {
        waits.put(1, new CountDownLatch(1));
        var looks = new LookAhead<>(APART, this::look);
        assertThat(looks.next("a", 2)).isEqualTo("a2");
        looks.forget();
        waits.get(1).countDown();
        assertThat(looks.next("b", 1)).isEqualTo("b3");
    }

    @Test
    void throw_what_is_thrown_by_one() {
        var looks = new LookAhead<String, String>(APART, _ -> {
            throw new ClusterException("gone", null);
        });
        assertThatThrownBy(() -> looks.next("a", 1)).isInstanceOf(ClusterException.class).hasMessage("gone");
        assertThatThrownBy(() -> looks.next("a", 2)).isInstanceOf(ClusterException.class).hasMessage("gone");
    }

    @Test
    void end_with_an_interruption_that_stays() {
        waits.put(1, new CountDownLatch(1));
        var looks = new LookAhead<>(APART, this::look);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> looks.next("a", 2)).isInstanceOf(ClusterException.class).hasMessage("interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            waits.get(1).countDown();
        }
    }
}

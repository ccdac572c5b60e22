package dev.lockdown.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollingTest {
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration BRIEF = Duration.ofMillis(30);

    private final AtomicInteger looks = new AtomicInteger();
    private final Polling polling = new Polling(Duration.ofMillis(1));

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void whatIsGoodAtOnceIsLookedAtOnce() {
        var last = polling.until(LONG, looks::incrementAndGet, _ -> true);
        assertThat(last.value()).isEqualTo(1);
        assertThat(last.looks()).isEqualTo(1);
    }

    @Test
    void looksAgainUntilItIsGood() {
        var last = polling.until(LONG, looks::incrementAndGet, seen -> seen == 3);
        assertThat(last.value()).isEqualTo(3);
        assertThat(last.looks()).isEqualTo(3);
    }

    @Test
    void keepsTheLastLookWhenTheDeadlineHasPassed() {
        var last = polling.until(BRIEF, looks::incrementAndGet, _ -> false);
        assertThat(last.value()).isEqualTo(looks.get()).isEqualTo(last.looks());
        assertThat(last.looks()).isGreaterThan(1);
        assertThat(last.waited()).isGreaterThanOrEqualTo(BRIEF);
    }

    /// As where patience ends between two rounds, of which one more is to tell.
    @Test
    void looksOnceWhereThereIsNoTimeLeft() {
        for (var none : List.of(Duration.ZERO, BRIEF.negated())) {
            int before = looks.get();
            var last = polling.until(none, looks::incrementAndGet, _ -> false);
            assertThat(last.looks()).isEqualTo(1);
            assertThat(last.value()).isEqualTo(before + 1);
        }
    }

    @Test
    void saysWhatWasSeenLastWhenItIsRequired() {
        assertThatThrownBy(() -> polling.require(BRIEF, looks::incrementAndGet, _ -> false,
            last -> new ClusterException("the last of %d looks saw %d".formatted(last.looks(), last.value()), null)))
            .isInstanceOf(ClusterException.class).hasMessage("the last of %1$d looks saw %1$d", looks.get());
    }

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Waits waits = new Waits(new WaitListener() {
        @Override
        public void waiting(String what, Duration lasted) {
            told.add(what);
        }

        @Override
        public void over(String what, Duration lasted, boolean met) {
            told.add("%s: %s".formatted(met ? "met" : "in vain", what));
        }
    });

    @Test
    void tellsWhatTakesLongerThanASecondAndHowItEnds() {
        polling.telling(waits).until(BRIEF, looks::incrementAndGet, _ -> false, _ -> "brief");
        assertThat(told).isEmpty();
        long began = System.nanoTime();
        polling.telling(waits).until(LONG, () -> Duration.ofNanos(System.nanoTime() - began), d -> d.toMillis() > 1_100, _ -> "long");
        assertThat(told).containsExactly("long", "met: long");
    }

    @Test
    void tellsWhatIsInVain() {
        polling.telling(waits).until(Duration.ofMillis(1_100), looks::incrementAndGet, _ -> false, _ -> "vain");
        assertThat(told).containsExactly("vain", "in vain: vain");
    }

    @Test
    void tellsWhatSomethingWaitsForThatIsUnderWay() {
        var late = new CompletableFuture<String>().completeOnTimeout("there", 1_300, TimeUnit.MILLISECONDS);
        waits.during(() -> "a word", late::join);
        assertThat(told).containsExactly("a word", "met: a word");
        waits.during(() -> "nothing", () -> {});
        assertThatThrownBy(() -> waits.during(() -> "nothing", () -> CompletableFuture.failedFuture(new IllegalStateException()).join()))
            .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(told).hasSize(2);
    }

    @Test
    void looksPatientlyUntilTheTimeIsOver() {
        waits.patiently("vain", () -> false, Duration.ofMillis(1_100), Duration.ofMillis(1));
        assertThat(told).containsExactly("vain", "in vain: vain");
        waits.patiently("at once", () -> true, LONG, LONG);
        assertThat(told).hasSize(2);
    }

    @Test
    void whatALookThrowsEndsTheWait() {
        var failure = new IllegalStateException("the far end is gone");
        assertThatThrownBy(() -> polling.until(LONG, () -> {
            if (looks.incrementAndGet() == 2) throw failure;
            return looks.get();
        }, _ -> false)).isSameAs(failure);
    }

    @Test
    void interruptionEndsTheWaitAndStays() {
        assertThatThrownBy(() -> polling.until(LONG, () -> {
            if (looks.incrementAndGet() == 2) Thread.currentThread().interrupt();
            return looks.get();
        }, _ -> false)).isInstanceOf(ClusterException.class).hasMessage("interrupted");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}

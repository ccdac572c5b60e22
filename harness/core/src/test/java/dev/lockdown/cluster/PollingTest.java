package dev.lockdown.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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

    @Test
    void saysWhatWasSeenLastWhenItIsRequired() {
        assertThatThrownBy(() -> polling.require(BRIEF, looks::incrementAndGet, _ -> false,
            last -> new ClusterException("the last of %d looks saw %d".formatted(last.looks(), last.value()), null)))
            .isInstanceOf(ClusterException.class).hasMessage("the last of %1$d looks saw %1$d", looks.get());
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

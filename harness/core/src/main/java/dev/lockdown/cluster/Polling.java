package dev.lockdown.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// The one way to wait: look again until it is good or the deadline has passed, and keep the last look.
///
/// ```java
/// var gone = new Polling(Duration.ofMillis(150)).require(deadline, this::remaining, List::isEmpty,
///     last -> new ClusterException("still there after %s ms: %s".formatted(last.waited().toMillis(), last.value()), null));
/// ```
/// The looks are made on the calling thread, the first of them at once, and the last of them at or after the deadline. What a look
/// throws ends the wait. Interruption ends it with a [ClusterException], and the thread stays interrupted.
public final class Polling {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Duration pause;
    private final Waits waits;

    /// Look every 5 ms.
    public Polling() {
        this(PAUSE);
    }

    /// @param pause between two looks
    public Polling(Duration pause) {
        this(pause, new Waits());
    }

    private Polling(Duration pause, Waits waits) {
        this.pause = pause;
        this.waits = waits;
    }

    /// The same, telling what is waited for where its words are given.
    public Polling telling(Waits told) {
        return new Polling(pause, told);
    }

    /// What was seen last.
    ///
    /// @param looks how often it was looked, at least once
    /// @param waited from before the first look until after the last
    public record Last<T>(T value, int looks, Duration waited) {

        /// Count looks together that followed each other; the value is the later's.
        public Last<T> and(Last<T> next) {
            return new Last<>(next.value, looks + next.looks, waited.plus(next.waited));
        }
    }

    /// Look until it is good, or the deadline has passed: the caller tells by the value. At least once, also where there is no time.
    public <T> Last<T> until(Duration deadline, Supplier<T> look, Predicate<T> good) {
        return until(deadline, look, good, _ -> "");
    }

    /// The same, told to whoever hears of waits.
    ///
    /// @param words what is waited for, of what was seen last; empty for what is not told
    public <T> Last<T> until(Duration deadline, Supplier<T> look, Predicate<T> good, Function<? super T, String> words) {
        var wait = waits.begin();
        var met = new AtomicBoolean();
        try {
            return looked(deadline, look, seen -> {
                met.set(good.test(seen));
                if (!met.get()) wait.on(() -> words.apply(seen));
                return met.get();
            });
        } finally {
            wait.over(met.get());
        }
    }

    private <T> Last<T> looked(Duration deadline, Supplier<T> look, Predicate<T> good) {
        long start = System.nanoTime();
        var first = look.get();
        if (good.test(first) || !deadline.isPositive()) return new Last<>(first, 1, since(start));
        var last = new AtomicReference<>(first);
        var looks = new AtomicInteger(1);
        try {
            Awaitility.await().pollInSameThread().pollDelay(pause).pollInterval(pause).atMost(deadline.plus(pause)).until(() -> {
                // Awaitility's own pause is deaf to interruption, and leaves the flag set.
                if (Thread.currentThread().isInterrupted()) throw new ClusterException("interrupted", null);
                var seen = look.get();
                last.set(seen);
                looks.incrementAndGet();
                return good.test(seen);
            });
        } catch (ConditionTimeoutException _) {
            // The last look tells.
        }
        return new Last<>(Objects.requireNonNull(last.get()), looks.get(), since(start));
    }

    /// Look until it is good.
    ///
    /// @param tooLate makes, of what was seen last, what is thrown when the deadline has passed
    public <T> T require(Duration deadline, Supplier<T> look, Predicate<T> good, Function<Last<T>, ? extends RuntimeException> tooLate) {
        return require(deadline, look, good, tooLate, _ -> "");
    }

    /// The same, told to whoever hears of waits.
    ///
    /// @param words what is waited for, of what was seen last
    public <T> T require(Duration deadline, Supplier<T> look, Predicate<T> good, Function<Last<T>, ? extends RuntimeException> tooLate,
            Function<? super T, String> words) {
        var last = until(deadline, look, good, words);
        if (!good.test(last.value())) throw tooLate.apply(last);
        return last.value();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

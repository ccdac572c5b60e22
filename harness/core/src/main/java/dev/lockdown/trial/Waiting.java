package dev.lockdown.trial;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// The one way to wait: look again until it is good or the deadline has passed, and keep the last look.
final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final InstantSource clock;

    Waiting(InstantSource clock) {
        this.clock = clock;
    }

    /// @param looks how often it was looked, at least once
    record Last<T>(T value, int looks, Duration waited) {}

    <T> Last<T> until(Duration deadline, Supplier<T> look, Predicate<T> good) {
        var start = clock.instant();
        var first = look.get();
        if (good.test(first)) return new Last<>(first, 1, Duration.between(start, clock.instant()));
        var last = new AtomicReference<>(first);
        var looks = new java.util.concurrent.atomic.AtomicInteger(1);
        try {
            Awaitility.await().pollInSameThread().pollDelay(PAUSE).pollInterval(PAUSE).atMost(deadline.plus(PAUSE)).until(() -> {
                var seen = look.get();
                last.set(seen);
                looks.incrementAndGet();
                return good.test(seen);
            });
        } catch (ConditionTimeoutException _) {
            // The last look tells.
        }
        return new Last<>(java.util.Objects.requireNonNull(last.get()), looks.get(), Duration.between(start, clock.instant()));
    }
}

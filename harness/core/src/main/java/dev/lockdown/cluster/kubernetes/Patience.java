package dev.lockdown.cluster.kubernetes;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// Looks again until it is good, or the deadline has passed.
///
/// @param deadline of the whole wait
/// @param pause between two looks
record Patience(Duration deadline, Duration pause) {

    /// @param otherwise makes, of the last look, what is thrown at the deadline
    <T> T until(Supplier<T> look, Predicate<T> good, Function<T, RuntimeException> otherwise) {
        var first = look.get();
        if (good.test(first)) return first;
        var last = new AtomicReference<>(first);
        try {
            Awaitility.await().pollInSameThread().pollDelay(pause).pollInterval(pause).atMost(deadline.plus(pause)).until(() -> {
                var seen = look.get();
                last.set(seen);
                return good.test(seen);
            });
        } catch (ConditionTimeoutException _) {
            throw otherwise.apply(Objects.requireNonNull(last.get()));
        }
        return Objects.requireNonNull(last.get());
    }
}

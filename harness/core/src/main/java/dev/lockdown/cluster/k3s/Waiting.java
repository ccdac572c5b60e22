package dev.lockdown.cluster.k3s;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// Looks again until it is good or the patience is over, and keeps the last look.
record Waiting(Duration pause, Function<Phase, Duration> patience) {
    static final Waiting AS_LONG_AS_IT_TAKES = new Waiting(Duration.ofMillis(300), Phase::patience);

    Look until(Phase phase, Supplier<Look> look) {
        var first = look.get();
        if (first.good()) return first;
        var last = new AtomicReference<>(first);
        try {
            Awaitility.await().pollInSameThread().pollDelay(pause).pollInterval(pause).atMost(patience.apply(phase).plus(pause))
                .until(() -> {
                    var seen = look.get();
                    last.set(seen);
                    return seen.good();
                });
        } catch (ConditionTimeoutException _) {
            // The last look tells.
        }
        return Objects.requireNonNull(last.get());
    }
}

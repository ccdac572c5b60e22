package dev.lockdown.cluster.k3s;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// Looks again until it is good or the patience is over, and keeps the last look.
record Waiting(Duration pause, java.util.function.Function<Phase, Duration> patience) {
    static final Waiting AS_LONG_AS_IT_TAKES = new Waiting(Duration.ofMillis(300), Phase::patience);

    Look until(Phase phase, Supplier<Look> look) {
        var last = new AtomicReference<>(look.get());
        if (last.get().good()) return last.get();
        try {
            Awaitility.await().pollInSameThread().pollDelay(pause).pollInterval(pause).atMost(patience.apply(phase).plus(pause))
                .until(() -> {
                    last.set(look.get());
                    return last.get().good();
                });
        } catch (ConditionTimeoutException _) {
            // The last look tells.
        }
        return last.get();
    }
}

package dev.lockdown.cluster.embedded.dial;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// One moment by two clocks: that of changes, and that of samples and beats.
public record Moment(Instant at, long nanos) {
    private static final long CLOSE = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int MOST = 100;

    /// Look at both clocks, and again where this thread was held up in between: changes would seem to come before or after what they cause.
    public static Moment now(InstantSource clock) {
        for (int look = 1;; look++) {
            long before = System.nanoTime();
            var at = clock.instant();
            if (System.nanoTime() - before < CLOSE || look == MOST) return new Moment(at, before);
        }
    }
}

package dev.lockdown.cluster;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The waits of one cluster: who hears of those that take longer than a second. Thread-safe.
///
/// ```java
/// var polling = new Polling(pause).telling(waits);
/// polling.require(deadline, this::remaining, List::isEmpty, last -> …, left -> "the pods %s, to be gone".formatted(left));
/// ```
public final class Waits {
    private static final Duration UNTOLD = Duration.ofSeconds(1);

    private volatile WaitListener listener;

    public Waits() {
        this(WaitListener.NONE);
    }

    public Waits(WaitListener listener) {
        this.listener = listener;
    }

    /// Have somebody else hear from now on.
    public void hear(WaitListener other) {
        listener = other;
    }

    /// Begin one. Used by one thread.
    Wait begin() {
        return new Wait();
    }

    /// Wait for a result.
    ///
    /// @throws TimeoutException if it does not come within the deadline
    public <T> T of(String what, Future<T> result, Duration deadline) throws TimeoutException, ExecutionException, InterruptedException {
        var wait = begin();
        boolean met = false;
        try {
            while (true) {
                var left = deadline.minus(wait.lasted());
                try {
                    var got = result.get(Math.max(0, Math.min(left.toMillis(), UNTOLD.toMillis())), TimeUnit.MILLISECONDS);
                    met = true;
                    return got;
                } catch (TimeoutException e) {
                    if (!left.minus(UNTOLD).isPositive()) throw e;
                    wait.on(() -> what);
                }
            }
        } finally {
            wait.over(met);
        }
    }

    /// Look until something is so, the time is over, or the thread is interrupted, which it stays: the caller looks which.
    public void patiently(String what, BooleanSupplier done, Duration atMost, Duration pause) {
        var wait = begin();
        boolean met = done.getAsBoolean();
        while (!met && wait.lasted().compareTo(atMost) < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(pause.toNanos());
            met = done.getAsBoolean();
            if (!met) wait.on(() -> what);
        }
        wait.over(met);
    }

    final class Wait {
        private final long began = System.nanoTime();
        private long toldNanos;
        private String told = "";

        Duration lasted() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        /// It is still waited for; told after a second, and when it is something else later on.
        void on(Supplier<String> what) {
            long now = System.nanoTime();
            if (now - (told.isEmpty() ? began : toldNanos) < UNTOLD.toNanos()) return;
            var words = what.get();
            if (words.equals(told)) return;
            told = words;
            toldNanos = now;
            listener.waiting(words, lasted());
        }

        void over(boolean met) {
            if (!told.isEmpty()) listener.over(told, lasted(), met);
        }
    }
}

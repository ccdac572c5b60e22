package dev.lockdown.cluster;

import java.time.Duration;
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

    /// Begin one.
    Wait begin() {
        return new Wait();
    }

    /// Do something whose parts wait, each with a deadline of its own.
    ///
    /// @param what is waited for by then; asked on another thread
    public void during(Supplier<String> what, Runnable work) {
        var wait = begin();
        var telling = Thread.ofVirtual().unstarted(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(UNTOLD.toNanos());
                if (!Thread.currentThread().isInterrupted()) wait.on(what);
            }
        });
        boolean met = false;
        telling.start();
        try {
            work.run();
            met = true;
        } finally {
            telling.interrupt();
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
        private boolean over;

        Duration lasted() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        /// It is still waited for; told after a second, and when it is something else later on.
        synchronized void on(Supplier<String> what) {
            long now = System.nanoTime();
            if (over || now - (told.isEmpty() ? began : toldNanos) < UNTOLD.toNanos()) return;
            var words = what.get();
            if (words.equals(told)) return;
            told = words;
            toldNanos = now;
            listener.waiting(words, lasted());
        }

        synchronized void over(boolean met) {
            over = true;
            if (!told.isEmpty()) listener.over(told, lasted(), met);
        }
    }
}

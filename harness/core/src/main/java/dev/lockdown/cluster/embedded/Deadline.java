package dev.lockdown.cluster.embedded;

import dev.lockdown.disruption.Disruption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A disruption that is healed when its time is over, whether or not somebody closes it before.
final class Deadline implements Disruption.Ongoing {
    private final Runnable heal;
    private final Thread timer;
    private volatile boolean healed;

    private Deadline(Duration lasting, Runnable heal) {
        this.heal = heal;
        long until = System.nanoTime() + lasting.toNanos();
        timer = Thread.ofPlatform().daemon().name("lockdown-heal").unstarted(() -> await(until));
    }

    /// @param heal run once, on any thread; again if it failed
    static Deadline in(Duration lasting, Runnable heal) {
        var deadline = new Deadline(lasting, heal);
        if (lasting.isZero()) deadline.close();
        else deadline.timer.start();
        return deadline;
    }

    private void await(long until) {
        for (long left = until - System.nanoTime(); left > 0 && !healed; left = until - System.nanoTime())
            LockSupport.parkNanos(this, left);
        try {
            close();
        } catch (RuntimeException _) {
            // Whoever closes it tries again, and is told.
        }
    }

    @Override
    public synchronized void close() {
        if (healed) return;
        heal.run();
        healed = true;
        LockSupport.unpark(timer);
    }
}

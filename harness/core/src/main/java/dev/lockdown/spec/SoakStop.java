package dev.lockdown.spec;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Ends what scenarios tagged `@soak` have happen before its time is over, so that they are judged with what was sampled until then.
///
/// Thread-safe.
public final class SoakStop {
    private final Set<String> going = new HashSet<>(); // guarded by this
    private boolean stopped; // guarded by this

    /// A scenario has begun that can be stopped.
    synchronized void entered(String scenario) {
        going.add(scenario);
    }

    /// A scenario is over and told, whatever it was.
    synchronized void left(String scenario) {
        if (going.remove(scenario)) notifyAll();
    }

    /// Whether no more is to happen.
    public synchronized boolean isStopped() {
        return stopped;
    }

    /// Let no more happen.
    ///
    /// @return whether there is anything that can be stopped and judged
    public synchronized boolean stop() {
        stopped = true;
        return !going.isEmpty();
    }

    /// Wait until all that can be stopped is judged, or patience ends.
    public synchronized void await(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); !going.isEmpty() && left > 0; left = until - System.nanoTime())
            TimeUnit.NANOSECONDS.timedWait(this, left);
    }
}

package dev.lockdown.spec;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Ends what scenarios tagged `@soak` have happen before its time is over, so that they are judged with what was sampled until then.
///
/// Thread-safe.
public final class SoakStop {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private final Set<String> going = new HashSet<>(); // guarded by lock
    private volatile boolean stopped;

    /// A scenario has begun that can be stopped.
    void entered(String scenario) {
        lock.lock();
        try {
            going.add(scenario);
        } finally {
            lock.unlock();
        }
    }

    /// A scenario is over and told, whatever it was.
    void left(String scenario) {
        lock.lock();
        try {
            if (going.remove(scenario)) over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether no more is to happen.
    public boolean isStopped() {
        return stopped;
    }

    /// Let no more happen.
    ///
    /// @return whether there is anything that can be stopped and judged
    public boolean stop() {
        stopped = true;
        lock.lock();
        try {
            return !going.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Wait until all that can be stopped is judged, or patience ends.
    public void await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!going.isEmpty() && left > 0) left = over.awaitNanos(left);
        } finally {
            lock.unlock();
        }
    }
}

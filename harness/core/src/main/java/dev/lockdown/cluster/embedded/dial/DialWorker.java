package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Makes dials on one namespace thread. What is not decided at once is gone through again and again, together, until it is.
final class DialWorker implements AutoCloseable {
    /// Undecided dials at once, each with up to three sockets; further ones wait until some of these are decided.
    private static final int WINDOW = 1000;

    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private final NamespaceThread thread;
    private final List<DropMonitor> monitors;
    private final Duration deadline;
    private final DialQueue queue;
    private final List<Undecided> undecided = new ArrayList<>();
    private long pause = SHORTEST_PAUSE;

    DialWorker(NamespaceThread thread, List<DropMonitor> monitors, Duration deadline, DialQueue queue) {
        this.thread = thread;
        this.monitors = monitors;
        this.deadline = deadline;
        this.queue = queue;
    }

    private record Undecided(int index, RunningDial dial) {}

    /// Make dials until none is left, and return when those are decided, by their deadline at the latest.
    ///
    /// @throws CancellationException if this thread is interrupted, or another worker failed
    void work() {
        for (int first; (first = queue.take()) < queue.size();) {
            for (int i = first; i < queue.end(first); i++) begin(i);
            if (!undecided.isEmpty()) tryAll();
        }
        while (!undecided.isEmpty()) goRound();
    }

    private void begin(int index) {
        var open = RunningDial.of(queue.dial(index), thread, monitors, deadline);
        if (open.begin()) queue.answer(index, open.observation());
        else undecided.add(new Undecided(index, open));
        while (undecided.size() >= WINDOW) goRound();
    }

    private void goRound() {
        if (Thread.currentThread().isInterrupted() || queue.isAbandoned()) throw new CancellationException("interrupted between dials");
        if (tryAll()) pause = SHORTEST_PAUSE;
        else LockSupport.parkNanos(this, pause = Math.min(LONGEST_PAUSE, pause * 2));
    }

    /// @return whether any was decided
    private boolean tryAll() {
        return undecided.removeIf(each -> {
            boolean decided = each.dial.advance();
            if (decided) queue.answer(each.index, each.dial.observation());
            return decided;
        });
    }

    /// Close the sockets of dials that stayed undecided, where something went wrong. Repeatable.
    @Override
    public void close() {
        for (var each : undecided) each.dial.close();
        undecided.clear();
    }
}

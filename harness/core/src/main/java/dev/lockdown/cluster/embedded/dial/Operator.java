package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Makes calls on one namespace thread. What is not decided at once is gone through again and again, together, until it is.
final class Operator implements AutoCloseable {
    /// Undecided calls at once, each with up to three sockets; further ones wait until some of these are decided.
    private static final int WINDOW = 1000;

    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private final NamespaceThread thread;
    private final List<NodeTap> taps;
    private final Duration deadline;
    private final Workload workload;
    private final List<Undecided> undecided = new ArrayList<>();
    private long pause = SHORTEST_PAUSE;

    Operator(NamespaceThread thread, List<NodeTap> taps, Duration deadline, Workload workload) {
        this.thread = thread;
        this.taps = taps;
        this.deadline = deadline;
        this.workload = workload;
    }

    private record Undecided(int index, OpenCall call) {}

    /// Make calls until none is left, and return when those are decided, by their deadline at the latest.
    ///
    /// @throws CancellationException if this thread is interrupted, or another operator failed
    void work() {
        for (int first; (first = workload.take()) < workload.size();) {
            for (int i = first; i < workload.end(first); i++) begin(i);
            if (!undecided.isEmpty()) tryAll();
        }
        while (!undecided.isEmpty()) goRound();
    }

    private void begin(int index) {
        var open = OpenCall.of(workload.call(index), thread, taps, deadline);
        if (open.begin()) workload.answer(index, open.observation());
        else undecided.add(new Undecided(index, open));
        while (undecided.size() >= WINDOW) goRound();
    }

    private void goRound() {
        if (Thread.currentThread().isInterrupted() || workload.isAbandoned()) throw new CancellationException("interrupted between dials");
        if (tryAll()) pause = SHORTEST_PAUSE;
        else LockSupport.parkNanos(this, pause = Math.min(LONGEST_PAUSE, pause * 2));
    }

    /// @return whether any was decided
    private boolean tryAll() {
        return undecided.removeIf(each -> {
            boolean decided = each.call.advance();
            if (decided) workload.answer(each.index, each.call.observation());
            return decided;
        });
    }

    /// Close the sockets of calls that stayed undecided, where something went wrong. Repeatable.
    @Override
    public void close() {
        for (var each : undecided) each.call.close();
        undecided.clear();
    }
}

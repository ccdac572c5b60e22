package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final Observation[] observations;
    private final List<Undecided> undecided = new ArrayList<>();
    private long pause = SHORTEST_PAUSE;

    /// @param observations where the answer to each call goes, at the call's own index
    Operator(NamespaceThread thread, List<NodeTap> taps, Duration deadline, Observation[] observations) {
        this.thread = thread;
        this.taps = taps;
        this.deadline = deadline;
        this.observations = observations;
    }

    private record Undecided(int index, OpenCall call) {}

    /// Make some of the calls, from `first` to before `last`. Those that are undecided when this returns are left to the next call, or
    /// to [#finish].
    void make(List<Call> calls, int first, int last) {
        for (int i = first; i < last; i++) {
            var open = OpenCall.of(calls.get(i), thread, taps, deadline);
            if (open.begin()) observations[i] = open.observation();
            else undecided.add(new Undecided(i, open));
            while (undecided.size() >= WINDOW) goRound();
        }
        if (!undecided.isEmpty()) tryAll();
    }

    /// Return when all calls that were made are decided, by their deadline at the latest.
    void finish() {
        while (!undecided.isEmpty()) goRound();
    }

    private void goRound() {
        if (Thread.currentThread().isInterrupted()) giveUp();
        else if (tryAll()) pause = SHORTEST_PAUSE;
        else LockSupport.parkNanos(this, pause = Math.min(LONGEST_PAUSE, pause * 2));
    }

    /// @return whether any was decided
    private boolean tryAll() {
        return undecided.removeIf(each -> {
            boolean decided = each.call.advance();
            if (decided) observations[each.index] = each.call.observation();
            return decided;
        });
    }

    private void giveUp() {
        for (var each : undecided) {
            each.call.fail("interrupted");
            observations[each.index] = each.call.observation();
        }
        undecided.clear();
    }

    /// Close the sockets of calls that are undecided, where something went wrong. Repeatable.
    @Override
    public void close() {
        for (var each : undecided) each.call.close();
        undecided.clear();
    }
}

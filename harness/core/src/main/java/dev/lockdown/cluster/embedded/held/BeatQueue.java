package dev.lockdown.cluster.embedded.held;

import dev.lockdown.cluster.Hold;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Way;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The beats of one direction that are under way. Used by one thread at a time.
final class BeatQueue {
    private static final long DEADLINE = TimeUnit.MILLISECONDS.toNanos(200);
    /// What arrives sooner is not called late: this machine may have been busy between two looks.
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long UNSENT = Long.MAX_VALUE;

    private final Way way;
    private final Hold.Sink sink;
    private final long began;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private long number;

    private static final class Pending {
        final long number;
        final long sent;
        boolean lookedFor;
        long took;
        @Nullable Beat beat;

        Pending(long number, long sent) {
            this.number = number;
            this.sent = sent;
        }
    }

    /// @param before the number before the first beat's
    BeatQueue(Way way, Hold.Sink sink, long began, long before) {
        number = before;
        this.way = way;
        this.sink = sink;
        this.began = began;
    }

    /// Take note of a beat that is about to be sent.
    ///
    /// @return its number
    long next() {
        pending.add(new Pending(++number, System.nanoTime()));
        return number;
    }

    /// Take note of a beat that was due and could not be sent, because those before it do not arrive or who was to send it is gone.
    void stuck() {
        pending.add(new Pending(UNSENT, System.nanoTime()));
    }

    /// Take note that the beat which was sent last was refused.
    void refused() {
        var last = pending.peekLast();
        if (last == null || last.beat != null) pending.add(last = new Pending(++number, System.nanoTime()));
        last.beat = Beat.REFUSED;
    }

    void arrived(long arrived) {
        long now = System.nanoTime();
        for (var each : pending) {
            if (each.number != arrived || each.beat != null) continue;
            each.took = each.lookedFor ? now - each.sent : 0;
            each.beat = each.took > LATE ? Beat.DELAYED : Beat.ARRIVED;
            return;
        }
    }

    /// The far end has been read to its end: what has not come until now comes late.
    void looked() {
        var last = pending.peekLast();
        if (last != null) last.lookedFor = true;
    }

    /// Hand on what is decided, in order.
    void handOn() {
        handOn(System.nanoTime() - DEADLINE);
    }

    /// The connection is over: what has not arrived never will.
    void handOnAll() {
        handOn(Long.MAX_VALUE);
    }

    private void handOn(long overdue) {
        for (var first = pending.peek(); first != null; first = pending.peek()) {
            var beat = first.beat;
            if (beat == null && first.sent > overdue) return;
            pending.remove();
            sink.beat(way, Math.max(0, first.sent - began) / 1000, beat == null ? Beat.LOST : beat, first.took / 1000);
        }
    }
}

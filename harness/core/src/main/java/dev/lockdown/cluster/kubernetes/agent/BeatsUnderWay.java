package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.cluster.Hold;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Way;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The beats of one direction of which it is not decided what became: what their sender has told, and what is known of their arrival. All
/// times are ours, in microseconds. Used by one thread at a time.
public final class BeatsUnderWay {
    /// A beat may take so long; over TCP one that was lost is sent again sooner.
    public static final long DEADLINE = 500_000;
    /// What arrives sooner is not called late: agents are busy now and then, and their clocks are known as well as a round trip tells.
    private static final long LATE = 100_000;

    private final Way way;
    private final Hold.Sink sink;
    private final long began;
    private final ArrayDeque<Sent> pending = new ArrayDeque<>();
    private final Map<Long, Long> heard = new HashMap<>();
    private long lastSent = Long.MIN_VALUE;
    private long lastHeard = Long.MIN_VALUE;
    private long refusedAt = Long.MAX_VALUE;

    private static final class Sent {
        final long number;
        final long at;
        public boolean refused;

        Sent(long number, long at) {
            this.number = number;
            this.at = at;
        }
    }

    /// @param began when the connection was held
    public BeatsUnderWay(Way way, Hold.Sink sink, long began) {
        this.way = way;
        this.sink = sink;
        this.began = began;
    }

    public void sent(Collection<HeldAgent.Beat> beats) {
        for (var beat : beats) pending.add(new Sent(beat.number(), beat.at()));
    }

    public void heard(Collection<HeldAgent.Beat> beats) {
        for (var beat : beats) {
            heard.put(beat.number(), beat.at());
            lastHeard = Math.max(lastHeard, beat.at());
        }
    }

    /// @param at when that was known
    public void refused(Collection<Long> numbers, long at) {
        if (numbers.isEmpty()) return;
        refusedAt = Math.min(refusedAt, at);
        for (var sent : pending) sent.refused |= numbers.contains(sent.number);
        if (pending.isEmpty() || numbers.stream().noneMatch(n -> pending.stream().anyMatch(s -> s.number == n))) {
            // The last one had arrived: what would have been the next is refused.
            var next = new Sent(Long.MIN_VALUE, Math.max(at, lastSent));
            next.refused = true;
            pending.add(next);
        }
    }

    /// Hand on what is decided, in order.
    ///
    /// @param knownUntil what arrived until then is known
    /// @param refusals whether it is known that who is refused is not refused for its far end's having died
    public void settle(long knownUntil, boolean refusals) {
        for (Sent first; (first = pending.peek()) != null;) {
            var beat = fate(first, knownUntil, refusals);
            if (beat == null) return;
            handOn(pending.remove(), beat);
        }
    }

    private @Nullable Beat fate(Sent sent, long knownUntil, boolean refusals) {
        var arrived = heard.get(sent.number);
        if (arrived != null) return arrived - sent.at > LATE ? Beat.DELAYED : Beat.ARRIVED;
        if (sent.refused) return refusals ? Beat.REFUSED : null;
        return knownUntil - sent.at >= DEADLINE ? Beat.LOST : null;
    }

    private void handOn(Sent sent, Beat beat) {
        var arrived = heard.remove(sent.number);
        // What is known of the agent's clock changes a little, the order of beats does not.
        lastSent = Math.max(lastSent, sent.at);
        sink.beat(way, Math.max(0, lastSent - began), beat, arrived == null ? 0 : Math.max(0, arrived - sent.at));
    }

    /// It has ended: what has not arrived never will.
    public void settleAll() {
        settle(Long.MAX_VALUE, true);
    }

    /// Of those that were sent before a point in time nobody can tell any more.
    ///
    /// @param refusals whether those count that were refused
    public void forget(long before, boolean refusals) {
        for (Sent first; (first = pending.peek()) != null && first.at <= before;) {
            var sent = pending.remove();
            handOn(sent, heard.containsKey(sent.number) ? Beat.ARRIVED : sent.refused && refusals ? Beat.REFUSED : Beat.UNKNOWN);
        }
    }

    /// Hand on a beat of which this alone is known.
    public void told(long at, Beat beat) {
        lastSent = Math.max(lastSent, at);
        sink.beat(way, Math.max(0, lastSent - began), beat, 0);
    }

    /// Those that were heard though nobody has told that they were sent, counted from when they were heard.
    public void settleHeard() {
        heard.values().stream().sorted().forEach(at -> told(at, Beat.ARRIVED));
        heard.clear();
    }

    /// When the last one was sent that was handed on, or the least number.
    public long lastSent() {
        return lastSent;
    }

    /// When the last one was heard, or the least number.
    public long lastHeard() {
        return lastHeard;
    }

    /// When the first refusal came to be known, or the largest number.
    public long refusedAt() {
        return refusedAt;
    }
}

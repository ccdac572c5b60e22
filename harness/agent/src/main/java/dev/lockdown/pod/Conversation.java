package dev.lockdown.pod;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One end of the line between the harness and an agent. Whatever the stream below does (cuts, doubles, garbles, starts anew), each
/// numbered body arrives once and in order, as long as some stream comes back.
///
/// The owner feeds in what arrives by [#receive], calls [#beat] now and then, and [#resend] when a new stream stands. Thread-safe.
public final class Conversation {
    /// So many lines may arrive before one that is missing; more than that are let go, and come again.
    private static final int MOST_EARLY = 1024;

    private final String session;
    private final Consumer<String> out;
    private final Deque<Envelope> unacknowledged = new ArrayDeque<>();
    private final Map<Long, Envelope> early = new TreeMap<>();
    private long sent;
    private long arrived;
    private long oldestAtLastBeat;

    /// @param out takes one line, without its end, while this is locked: must neither throw nor wait for the other end
    public Conversation(String session, Consumer<String> out) {
        this.session = session;
        this.out = out;
    }

    /// What came by a line.
    ///
    /// @param bodies numbered ones whose turn it is, in order
    /// @param passing a body without a number, or null
    record Arrival(List<Map<String, @Nullable Object>> bodies, @Nullable Map<String, @Nullable Object> passing) {
        static final Arrival NOTHING = new Arrival(List.of(), null);
    }

    synchronized void send(Map<String, @Nullable Object> body) {
        var envelope = new Envelope(session, ++sent, arrived, body);
        unacknowledged.add(envelope);
        out.accept(envelope.line());
    }

    /// Say something that need not arrive.
    synchronized void mention(Map<String, @Nullable Object> body) {
        out.accept(new Envelope(session, 0, arrived, body).line());
    }

    /// Take a line of this session that came.
    synchronized Arrival receive(Envelope envelope) {
        while (!unacknowledged.isEmpty() && unacknowledged.peek().number() <= envelope.acknowledged()) unacknowledged.remove();
        if (envelope.number() == 0) return new Arrival(List.of(), envelope.body());
        if (envelope.number() <= arrived) return Arrival.NOTHING;
        if (envelope.number() > arrived + 1 && early.size() >= MOST_EARLY) return Arrival.NOTHING;
        early.put(envelope.number(), envelope);
        var bodies = new ArrayList<Map<String, @Nullable Object>>();
        for (Envelope next; (next = early.remove(arrived + 1)) != null;) {
            arrived++;
            bodies.add(next.body());
        }
        return new Arrival(bodies, null);
    }

    /// Send again what has waited for its acknowledgement since before the last beat: a line of it was lost on the way.
    synchronized void beat() {
        long oldest = unacknowledged.isEmpty() ? 0 : unacknowledged.peek().number();
        if (oldest != 0 && oldest == oldestAtLastBeat) resend();
        oldestAtLastBeat = oldest;
    }

    /// Send again what was not acknowledged.
    synchronized void resend() {
        for (var envelope : unacknowledged) out.accept(new Envelope(session, envelope.number(), arrived, envelope.body()).line());
    }

    /// How many of this end's bodies are not acknowledged yet.
    synchronized int pending() {
        return unacknowledged.size();
    }

    String session() {
        return session;
    }
}

package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.embedded.dial.PlannedDial;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Echo;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// The samples of one flow: half-open dials over TCP, a SYN that nobody goes on with (the source's kernel resets what answers it), and
/// datagrams with a nonce over UDP. Used by the watcher's thread.
final class Sampler {
    /// No port: nothing was sent.
    private static final int SKIPPED = 0;

    private final int flow;
    private final PlannedDial.To to;
    private final SourceSockets source;
    private final MemorySegment address;
    private final ArrayDeque<Tick> pending = new ArrayDeque<>();

    Sampler(int flow, PlannedDial.To to, SourceSockets source) {
        this.flow = flow;
        this.to = to;
        this.source = source;
        this.address = source.address(to.target().getAddress());
    }

    boolean isTcp() {
        return to.protocol() == Protocol.TCP;
    }

    int targetPort() {
        return to.target().getPort();
    }

    /// @param atMost how long sending may take, in nanoseconds, for its time to be known well enough
    void send(long atMost) {
        var sockets = source.of(to.protocol());
        int port = sockets.nextPort();
        var echo = !isTcp() && to.exchange() instanceof Echo echoing ? echoing.again() : null;
        var tick = new Tick(System.nanoTime(), port, source.nextSequence(), echo);
        pending.add(tick);
        sockets.expect(port, tick);
        boolean taken = sockets.socket().send(packet(tick), address);
        // A thread that was held up in between would say that something got through before it was allowed to.
        long began = tick.sent;
        tick.sent = System.nanoTime();
        if (!taken || tick.sent - began > atMost) tick.seen = Seen.UNKNOWN;
        else if (!isTcp()) for (var listener : to.answering()) listener.networkEndpoint().agent().poke(listener.port());
    }

    /// Note that from one point in time until another no sample was taken, though some were due.
    ///
    /// @param from by [System#nanoTime]
    void skip(long from, long until) {
        for (long at : new long[] {from, until}) {
            var tick = new Tick(at, SKIPPED, 0, null);
            tick.seen = Seen.UNKNOWN;
            pending.add(tick);
        }
    }

    private ByteBuffer packet(Tick tick) {
        var own = source.own();
        var target = to.target();
        if (isTcp()) return Segments.syn(own, tick.port, target.getAddress(), target.getPort(), tick.sequence);
        var question = tick.echo != null ? tick.echo.question() : to.exchange().question();
        return Segments.datagram(own, tick.port, target.getAddress(), target.getPort(), question);
    }

    /// Hand on what is decided, in order.
    ///
    /// @param deadline how long an answer may take, in nanoseconds
    /// @param began when the watch did
    void handOn(long deadline, long began, Watch.Sink sink) {
        long now = System.nanoTime();
        for (var first = pending.peek(); first != null; first = pending.peek()) {
            var seen = first.seen;
            if (seen == null && now - first.sent < deadline) return;
            pending.remove();
            if (first.port != SKIPPED) source.of(to.protocol()).forget(first.port, first);
            sink.sample(flow, (first.sent - began) / 1000, seen != null ? seen : arrived(first) ? Seen.REPLY_LOST : Seen.SILENT);
        }
    }

    /// Whether the far end saw a question that was not answered.
    private boolean arrived(Tick tick) {
        if (tick.echo == null) return false;
        for (var listener : to.answering()) if (listener.networkEndpoint().agent().saw(tick.echo.nonce())) return true;
        return false;
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    /// Give up what is under way, because one of the ends is gone.
    void abandon(long began, Watch.Sink sink) {
        for (var tick : pending) sink.sample(flow, (tick.sent - began) / 1000, tick.seen != null ? tick.seen : Seen.UNKNOWN);
        pending.clear();
    }
}

package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.cluster.Watch;
import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.sample.Question;
import dev.lockdown.probe.sample.Sample;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The samples of one flow: half-open dials over TCP, a SYN that nobody goes on with (the source's kernel resets what answers it), and
/// datagrams with a nonce or a name over UDP; and whole connections where a page is asked for. Used by the watcher's thread.
final class Sampler {
    private final int flow;
    private final ArrayDeque<Tick> pending = new ArrayDeque<>();
    private final ByteBuffer answers = ByteBuffer.allocate(0);
    private @Nullable Route route;
    private Seen otherwise = Seen.UNKNOWN;

    Sampler(int flow) {
        this.flow = flow;
    }

    /// Take another way from now on. What is under way goes on.
    ///
    /// @param next null where there is none
    /// @param without what a sample says where there is none
    void follow(@Nullable Route next, Seen without) {
        route = next;
        otherwise = without;
    }

    /// @param atMost how long sending may take, in nanoseconds, for its time to be known well enough
    void send(long atMost) {
        var way = route;
        if (way == null) pending.add(Tick.unsent(System.nanoTime(), otherwise));
        else if (way.line() != null) pending.add(connect(way, way.line(), atMost));
        else send(way, atMost);
    }

    /// The far end is served in this thread, so that the answer is there at the second look, unless this machine is busy.
    private Tick connect(Route way, Line line, long atMost) {
        var tick = Tick.page(way, Sample.send(line, way.page(), 0, atMost));
        look(tick);
        way.poke();
        look(tick);
        return tick;
    }

    private void look(Tick tick) {
        if (tick.page == null || tick.seen != null) return;
        tick.page.look(answers);
        tick.seen = tick.page.seen();
    }

    /// Look at the connections that are under way.
    void hear() {
        var way = route;
        if (way == null || way.line() == null || pending.stream().noneMatch(t -> t.seen == null)) return;
        way.poke();
        pending.forEach(this::look);
    }

    private void send(Route way, long atMost) {
        var sockets = way.sockets();
        int port = sockets.nextPort();
        var tick = new Tick(System.nanoTime(), way, port, way.source().nextSequence(), way.question());
        pending.add(tick);
        sockets.expect(port, tick);
        boolean taken = sockets.socket().send(packet(way, tick), way.address());
        // A thread that was held up in between would say that something got through before it was allowed to.
        long began = tick.sent;
        tick.sent = System.nanoTime();
        if (!taken || tick.sent - began > atMost) tick.seen = Seen.UNKNOWN;
        else if (!way.isTcp()) way.poke();
    }

    /// Note that from one point in time until another no sample was taken, though some were due.
    ///
    /// @param from by [System#nanoTime]
    void skip(long from, long until) {
        for (long at : new long[] {from, until}) pending.add(Tick.unsent(at, route == null ? otherwise : Seen.UNKNOWN));
    }

    private static ByteBuffer packet(Route way, Tick tick) {
        var own = way.source().own();
        var target = way.to().target();
        if (way.isTcp()) return Segments.syn(own, tick.port, target.getAddress(), target.getPort(), tick.sequence);
        var question = tick.question != null ? tick.question.bytes() : way.to().exchange().question();
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
            letGo(first);
            sink.sample(flow, (first.sent - began) / 1000, seen != null ? seen : arrived(first) ? Seen.REPLY_LOST : Seen.SILENT);
        }
    }

    /// Whether the far end saw a question that was not answered.
    private static boolean arrived(Tick tick) {
        if (!(tick.question instanceof Question.Nonce(var echo)) || tick.route == null) return false;
        for (var listener : tick.route.to().answering()) if (listener.networkEndpoint().agent().saw(echo.nonce())) return true;
        return false;
    }

    /// Let go of what is under way without handing it on.
    void forget() {
        pending.forEach(Sampler::letGo);
        pending.clear();
    }

    private static void letGo(Tick tick) {
        if (tick.page != null) tick.page.close();
        else if (tick.route != null) tick.route.sockets().forget(tick.port, tick);
    }

    boolean isIdle() {
        return pending.isEmpty();
    }
}

package dev.lockdown.cluster.embedded.held;

import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.embedded.dial.Moment;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.Way;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One held connection: sends a beat from either end, and looks for it at the other.
final class HeldPair implements Hold.Ongoing {
    private static final int BEAT = Long.BYTES;
    /// A tick that is late by more intervals leaves out those between.
    private static final int BEHIND = 3;

    private static final int TRIED = 20;
    private static final Hold.Sink NOBODY = new Hold.Sink() {
        @Override
        public void beat(Way way, long sentMicros, Beat beat, long tookMicros) {}

        @Override
        public void missed(long beats) {}
    };

    private final Hold hold;
    private final Hold.Sink sink;
    private final Ends ends;
    private final Instant began;
    private final Consumer<HeldPair> closed;
    private final long beganNanos;
    private final BeatQueue there;
    private final BeatQueue back;
    private final ByteBuffer heard = ByteBuffer.allocate(1 << 12);
    private final Tail clientTail = new Tail();
    private final Tail serverTail = new Tail();
    private @Nullable ByteChannel server;
    private boolean serverGone;
    private long due;
    private boolean over;
    private long cost;

    HeldPair(Hold hold, Hold.Sink sink, Ends ends, Moment began, Consumer<HeldPair> closed) {
        this(hold, sink, ends, began, closed, 0);
    }

    /// @param before the number before the first beat's
    private HeldPair(Hold hold, Hold.Sink sink, Ends ends, Moment began, Consumer<HeldPair> closed, long before) {
        this.hold = hold;
        this.sink = sink;
        this.ends = ends;
        this.began = began.at();
        this.beganNanos = began.nanos();
        this.due = beganNanos;
        this.closed = closed;
        this.there = new BeatQueue(Way.THERE, sink, beganNanos, before);
        this.back = new BeatQueue(Way.BACK, sink, beganNanos, before);
        if (ends.servers().size() == 1) server = ends.servers().getFirst();
    }

    /// What a beat each way costs this thread in nanoseconds: measured by some that nobody counts, whose numbers are below all others.
    static long cost(Hold hold, Ends ends, Moment began) {
        var tried = new HeldPair(hold, NOBODY, ends, began, _ -> {}, Long.MIN_VALUE);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIED && !tried.over; i++) {
            long from = System.nanoTime();
            tried.tick();
            least = Math.min(least, System.nanoTime() - from);
        }
        return tried.over ? 0 : least;
    }

    void costs(long nanos) {
        cost = nanos;
    }

    /// Which part of a thread's time it takes.
    double share() {
        return hold.interval().isZero() ? 0 : (double) cost / hold.interval().toNanos();
    }

    /// What of a beat has been read or written so far: a stream of TCP may be cut anywhere.
    private static final class Tail {
        final ByteBuffer read = ByteBuffer.allocate(BEAT);
        final ByteBuffer write = ByteBuffer.allocate(BEAT).limit(0);
    }

    @Override
    public Instant began() {
        return began;
    }

    @Override
    public boolean isOpened() {
        return ends.isOpened();
    }

    /// Whether who opened it is still there, and the same.
    boolean isFrom(@Nullable NetworkEndpoint now) {
        return ends.source() == now;
    }

    Endpoint source() {
        return hold.flow().source();
    }

    /// Send what is due.
    ///
    /// @return nanoseconds until it is due again, 0 for at once, or the largest number if it never is
    synchronized long advance(long now) {
        if (over) return Long.MAX_VALUE;
        if (now < due) return due - now;
        long interval = hold.interval().toNanos();
        if (interval > 0) {
            long behind = (now - due) / interval;
            if (behind > BEHIND) {
                sink.missed(behind);
                due += behind * interval;
            }
            due += interval;
        }
        tick();
        return interval == 0 ? 0 : Math.max(0, due - System.nanoTime());
    }

    private void tick() {
        send(ends.client(), clientTail, there);
        if (serverGone) back.stuck();
        else if (server != null) hear(server, serverTail, there, back);
        else for (var each : ends.servers()) if (hear(each, serverTail, there, back)) server = each;
        if (server != null && !over) send(server, serverTail, back);
        if (!over) hear(ends.client(), clientTail, back, there);
        there.handOn();
        back.handOn();
    }

    private void send(ByteChannel from, Tail tail, BeatQueue queue) {
        try {
            if (tail.write.hasRemaining()) {
                // Over TCP nothing more goes out before what is stuck: the kernel holds all that it can of what does not arrive.
                from.write(tail.write);
                if (tail.write.hasRemaining()) {
                    queue.stuck();
                    return;
                }
            }
            tail.write.clear().putLong(queue.next()).flip();
            from.write(tail.write);
            if (isDatagram()) tail.write.limit(0).position(0);
        } catch (IOException e) {
            failed(e, queue);
        }
    }

    private boolean isDatagram() {
        return ends.protocol() == Protocol.UDP;
    }

    /// @param comes whose beats arrive at this end
    /// @param goes whose beats this end sends, which an error is about
    /// @return whether any came
    private boolean hear(ByteChannel at, Tail tail, BeatQueue comes, BeatQueue goes) {
        boolean any = false;
        for (boolean more = true; more && !over;) {
            try {
                int count = at.read(heard.clear());
                more = count != 0;
                any |= count > 0;
                if (count < 0) {
                    goes.refused();
                    end();
                } else {
                    beats(tail, comes);
                }
            } catch (IOException e) {
                failed(e, goes);
                // An ICMP error is told once, before the datagrams that came.
                more = e instanceof PortUnreachableException;
            }
        }
        comes.looked();
        return any;
    }

    private void beats(Tail tail, BeatQueue comes) {
        heard.flip();
        while (heard.hasRemaining()) {
            tail.read.put(heard.get());
            if (tail.read.hasRemaining()) continue;
            comes.arrived(tail.read.flip().getLong());
            tail.read.clear();
        }
    }

    private void failed(IOException failure, BeatQueue queue) {
        switch (failure) {
            case PortUnreachableException _ -> queue.refused();
            // The pod was stopped, and its sockets with it: the other end hears of it, or not, and what it was to send does not come.
            case ClosedChannelException _ -> {
                serverGone |= server != null;
                server = null;
            }
            // Another ICMP error of a datagram: it was lost, as its silence will tell.
            case IOException _ when isDatagram() -> {}
            case IOException _ -> {
                queue.refused();
                end();
            }
        }
    }

    /// It has ended: what was under way is decided now, and nothing follows.
    private void end() {
        there.handOnAll();
        back.handOnAll();
        over();
    }

    synchronized void over() {
        over = true;
        ends.close();
    }

    @Override
    public void close() {
        over();
        closed.accept(this);
    }
}

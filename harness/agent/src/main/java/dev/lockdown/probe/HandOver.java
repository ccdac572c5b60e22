package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says nothing: the connection itself is wanted, for a conversation such as TLS that is held elsewhere. Not over UDP.
///
/// One that is connected and not taken stays open.
public final class HandOver implements Exchange {
    private @Nullable SocketChannel channel;

    /// Take over the connection: non-blocking, with SO_LINGER 0, and the caller's to close.
    ///
    /// @throws IllegalStateException if the dial's outcome is not `Connected`, or if it was taken before
    public SocketChannel take() {
        var taken = channel;
        if (taken == null) throw new IllegalStateException("there is no connection to hand over");
        channel = null;
        return taken;
    }

    void keep(SocketChannel connected) {
        channel = connected;
    }

    @Override
    public ByteBuffer question() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public int largestAnswer() {
        return 0;
    }

    @Override
    public Outcome connected(InetSocketAddress target, Duration roundTrip) {
        return new Connected(roundTrip, Addresses.text(target), "");
    }

    @Override
    public @Nullable Outcome hear(ByteBuffer received, boolean datagram, InetSocketAddress target, Duration roundTrip) {
        return null;
    }

    @Override
    public Outcome cutShort(InetSocketAddress target) {
        throw new IllegalStateException("nothing is heard on a connection that is handed over");
    }

    @Override
    public @Nullable Outcome silence() {
        return null;
    }
}

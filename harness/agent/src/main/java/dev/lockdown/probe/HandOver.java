package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says nothing: the connection itself is wanted, for a conversation such as TLS that is held elsewhere. See [Dial#takeChannel]. TCP only.
public final class HandOver implements Exchange {

    @Override
    public ByteBuffer question() {
        return ByteBuffer.allocate(0);
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

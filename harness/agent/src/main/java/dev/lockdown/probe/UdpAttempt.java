package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends one datagram and waits for its answer, on a connected socket: an unconnected one is told nothing of ICMP.
final class UdpAttempt implements Attempt {
    private final Line line;
    private final Exchange exchange;
    private @Nullable DatagramChannel channel;
    private @Nullable InetSocketAddress local;
    private @Nullable ByteBuffer received;
    private long began;

    UdpAttempt(Line line, Exchange exchange) {
        this.line = line;
        this.exchange = exchange;
    }

    @Override
    public @Nullable Outcome begin(Wakeups wakeups, Wakeups.Ready ready) {
        try {
            var socket = line.sockets().udp(line.family());
            channel = socket;
            socket.configureBlocking(false);
            local = line.bind(socket);
            socket.connect(line.target());
            if (wakeups != Wakeups.NONE) wakeups.watch(socket, SelectionKey.OP_READ, ready);
            began = System.nanoTime();
            socket.write(exchange.question());
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Failures.outcome(e);
        }
        return null;
    }

    @Override
    public @Nullable Outcome advance() {
        if (channel == null || !channel.isOpen()) return null;
        try {
            if (received == null) received = ByteBuffer.allocate(exchange.largestAnswer());
            while (true) {
                if (channel.read(received.clear()) <= 0) return null;
                var seen = exchange.hear(received.flip(), true, line.target(), Duration.ofNanos(System.nanoTime() - began));
                if (seen != null) return seen;
            }
        } catch (IOException e) {
            close();
            return Failures.outcome(e);
        }
    }

    @Override
    public @Nullable InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean hasAsked() {
        return began != 0;
    }

    @Override
    public void close() {
        if (channel != null) Closing.quietly(channel);
    }
}

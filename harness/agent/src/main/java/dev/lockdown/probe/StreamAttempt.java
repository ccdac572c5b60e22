package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Connects, asks, and reads the answer, over TCP or SCTP.
final class StreamAttempt implements Attempt {
    private static final int FIRST_SIZE = 128;

    private final Line line;
    private final Exchange exchange;
    private Wakeups wakeups = Wakeups.NONE;
    private Wakeups.@Nullable Ready ready;
    private @Nullable SocketChannel channel;
    private @Nullable InetSocketAddress local;
    private @Nullable ByteBuffer question;
    private ByteBuffer received = ByteBuffer.allocate(FIRST_SIZE);
    private long began;
    private boolean connected;

    StreamAttempt(Line line, Exchange exchange) {
        this.line = line;
        this.exchange = exchange;
    }

    @Override
    public @Nullable Outcome begin(Wakeups loop, Wakeups.Ready driver) {
        wakeups = loop;
        ready = driver;
        try {
            var socket = line.stream();
            channel = socket;
            socket.configureBlocking(false);
            // Leaves with a reset: no TIME_WAIT, and no goodbye that a policy could drop and that would keep the namespace alive.
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            local = line.bind(socket);
            began = System.nanoTime();
            connected = socket.connect(line.target());
            if (!connected) watch(socket, SelectionKey.OP_CONNECT);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Failures.outcome(e);
        }
        return advance();
    }

    @Override
    public @Nullable Outcome advance() {
        var socket = channel;
        if (socket == null || !socket.isOpen()) return null;
        try {
            if (question == null) {
                if (!connected && !(connected = socket.finishConnect())) return null;
                var enough = exchange.connected(line.target(), roundTrip());
                if (enough != null) return enough;
                question = exchange.question();
            }
            if (question.hasRemaining() && !write(socket, question)) return null;
            return read(socket);
        } catch (IOException e) {
            close();
            return Failures.outcome(e);
        }
    }

    /// @return whether all is written
    private boolean write(SocketChannel to, ByteBuffer bytes) throws IOException {
        to.write(bytes);
        watch(to, bytes.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        return !bytes.hasRemaining();
    }

    private @Nullable Outcome read(SocketChannel from) throws IOException {
        while (true) {
            int count = from.read(received);
            if (count == 0) return null;
            if (count < 0) return exchange.cutShort(line.target());
            var seen = exchange.hear(received.flip(), false, line.target(), roundTrip());
            if (seen != null) return seen;
            received.position(received.limit()).limit(received.capacity());
            if (!received.hasRemaining()) received = ByteBuffer.allocate(received.capacity() * 4).put(received.flip());
        }
    }

    private Duration roundTrip() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void watch(SocketChannel socket, int operation) throws IOException {
        if (wakeups != Wakeups.NONE && ready != null) wakeups.watch(socket, operation, ready);
    }

    @Override
    public @Nullable InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean hasAsked() {
        return connected;
    }

    @Override
    public @Nullable SocketChannel takeConnected() {
        if (!connected) return null;
        var taken = channel;
        channel = null;
        return taken;
    }

    @Override
    public void close() {
        if (channel != null) Closing.quietly(channel);
    }
}

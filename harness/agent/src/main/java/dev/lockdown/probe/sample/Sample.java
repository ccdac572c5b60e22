package dev.lockdown.probe.sample;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Closing;
import dev.lockdown.probe.Exchange;
import dev.lockdown.probe.Failures;
import dev.lockdown.probe.Line;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One sample of a flow, on a socket and a port of its own: a connection that is reset as soon as it stands, or a datagram and its answer.
public final class Sample {
    private final Line line;
    private final @Nullable Exchange exchange;
    private final int sequence;
    private @Nullable SelectableChannel channel;
    private long sent;
    private @Nullable Seen seen;

    private Sample(Line line, @Nullable Exchange exchange, int sequence) {
        this.line = line;
        this.exchange = exchange;
        this.sequence = sequence;
    }

    /// Send it.
    ///
    /// @param exchange what a datagram asks; null for a connection
    /// @param atMost how long sending may take, in nanoseconds, for its time to be known well enough
    static Sample send(Line line, @Nullable Exchange exchange, int sequence, long atMost) {
        var sample = new Sample(line, exchange, sequence);
        long began = System.nanoTime();
        try {
            began = sample.open();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            sample.failed(e);
        }
        // A thread that was held up in between would say that something got through before it was allowed to.
        sample.sent = System.nanoTime();
        if (sample.sent - began > atMost) sample.seen = Seen.UNKNOWN;
        if (sample.seen != null) sample.close();
        return sample;
    }

    /// @return when it was about to be sent
    private long open() throws IOException {
        if (line.protocol() == Protocol.TCP) {
            var socket = line.sockets().tcp(line.family());
            channel = socket;
            socket.configureBlocking(false);
            // Leaves with a reset: no TIME_WAIT that would keep the port.
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            line.bind(socket);
            long began = System.nanoTime();
            if (socket.connect(line.target())) seen = Seen.OPEN;
            return began;
        }
        var socket = line.sockets().udp(line.family());
        channel = socket;
        socket.configureBlocking(false);
        line.bind(socket);
        // An unconnected one is told nothing of ICMP.
        socket.connect(line.target());
        long began = System.nanoTime();
        if (exchange != null) socket.write(exchange.question());
        return began;
    }

    private void failed(Exception failure) {
        var outcome = Failures.outcome(failure);
        if (outcome != null) seen = of(outcome);
        close();
    }

    private static Seen of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Connected _, Outcome.Resolved _ -> Seen.OPEN;
            case Outcome.Refused _, Outcome.Unreachable _ -> Seen.REJECTED;
            case Outcome.TimedOut _ -> Seen.SILENT;
            case Outcome.Unresolved _, Outcome.Misdirected _, Outcome.ProbeFailed _ -> Seen.UNKNOWN;
        };
    }

    /// Look whether something has come, without waiting.
    ///
    /// @param answers where datagrams are read to
    void look(ByteBuffer answers) {
        if (seen != null || channel == null || !channel.isOpen()) return;
        try {
            seen = switch (channel) {
                case SocketChannel socket -> socket.finishConnect() ? Seen.OPEN : null;
                case DatagramChannel socket -> heard(socket, answers);
                default -> throw new IllegalStateException("no channel of a sample");
            };
            if (seen != null) close();
        } catch (IOException e) {
            failed(e);
        }
    }

    private @Nullable Seen heard(DatagramChannel socket, ByteBuffer answers) throws IOException {
        while (exchange != null && socket.read(answers.clear()) > 0) {
            var outcome = exchange.hear(answers.flip(), true, line.target(), Duration.ofNanos(System.nanoTime() - sent));
            if (outcome != null) return of(outcome);
        }
        return null;
    }

    /// Have the selector tell when something comes.
    void watchedBy(Selector selector) throws IOException {
        if (channel == null || !channel.isOpen()) return;
        channel.register(selector, line.protocol() == Protocol.TCP ? SelectionKey.OP_CONNECT : SelectionKey.OP_READ, this);
    }

    /// When it had been sent for sure; a little before that it was not yet. In nanoseconds.
    long sent() {
        return sent;
    }

    int sequence() {
        return sequence;
    }

    /// @return null as long as nothing has come
    @Nullable Seen seen() {
        return seen;
    }

    void close() {
        if (channel != null) Closing.quietly(channel);
    }
}

package dev.lockdown.probe.sample;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Closing;
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
import org.jspecify.annotations.Nullable;

/// One sample of a flow, on a socket and a port of its own: a connection that is reset as soon as it stands or has its answer, or a datagram
/// and its answer.
public final class Sample {
    private static final int FIRST_SIZE = 512;

    private final Line line;
    private final @Nullable Question question;
    private final int sequence;
    private @Nullable SelectableChannel channel;
    private long sent;
    private @Nullable Seen seen;
    /// What has come on a connection that stands.
    private @Nullable ByteBuffer received;
    private @Nullable SelectionKey key;

    private Sample(Line line, @Nullable Question question, int sequence) {
        this.line = line;
        this.question = question;
        this.sequence = sequence;
    }

    /// Send it.
    ///
    /// @param question what is asked; null for a connection that need only stand
    /// @param atMost how long sending may take, in nanoseconds, for its time to be known well enough
    public static Sample send(Line line, @Nullable Question question, int sequence, long atMost) {
        var sample = new Sample(line, question, sequence);
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
            if (socket.connect(line.target())) stands(socket);
            return began;
        }
        var socket = line.sockets().udp(line.family());
        channel = socket;
        socket.configureBlocking(false);
        line.bind(socket);
        // An unconnected one is told nothing of ICMP.
        socket.connect(line.target());
        long began = System.nanoTime();
        if (question != null) socket.write(question.bytes());
        return began;
    }

    private void stands(SocketChannel socket) throws IOException {
        if (question == null) {
            seen = Seen.OPEN;
            return;
        }
        // So few bytes fit into the buffer of a socket that has sent nothing.
        socket.write(question.bytes());
        received = ByteBuffer.allocate(FIRST_SIZE);
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
    public void look(ByteBuffer answers) {
        if (seen != null || channel == null || !channel.isOpen()) return;
        try {
            seen = switch (channel) {
                case SocketChannel socket -> heard(socket);
                case DatagramChannel socket -> heard(socket, answers);
                default -> throw new IllegalStateException("no channel of a sample");
            };
            if (seen != null) close();
        } catch (IOException e) {
            failed(e);
        }
    }

    private @Nullable Seen heard(SocketChannel socket) throws IOException {
        if (received == null) {
            if (!socket.finishConnect()) return null;
            stands(socket);
            if (received == null || question == null) return seen;
            if (key != null && key.isValid()) key.interestOps(SelectionKey.OP_READ);
        }
        if (!received.hasRemaining()) received = ByteBuffer.allocate(received.capacity() * 4).put(received.flip());
        int count = socket.read(received);
        var answer = received.duplicate().flip();
        var heard = question == null ? null : question.hear(answer, line.target());
        // Whoever hangs up first has accepted and given no answer.
        return heard == null && count < 0 ? Seen.REJECTED : heard;
    }

    private @Nullable Seen heard(DatagramChannel socket, ByteBuffer answers) throws IOException {
        while (question != null && socket.read(answers.clear()) > 0) {
            var heard = question.hear(answers.flip(), line.target());
            if (heard != null) return heard;
        }
        return null;
    }

    /// Have the selector tell when something comes.
    void watchedBy(Selector selector) throws IOException {
        if (channel == null || !channel.isOpen()) return;
        boolean connecting = line.protocol() == Protocol.TCP && received == null;
        key = channel.register(selector, connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_READ, this);
    }

    /// When it had been sent for sure; a little before that it was not yet. In nanoseconds.
    public long sent() {
        return sent;
    }

    int sequence() {
        return sequence;
    }

    /// @return null as long as nothing has come
    public @Nullable Seen seen() {
        return seen;
    }

    public void close() {
        if (channel != null) Closing.quietly(channel);
    }
}

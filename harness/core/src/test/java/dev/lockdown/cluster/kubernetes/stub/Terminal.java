package dev.lockdown.cluster.kubernetes.stub;

import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Attachment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What joins a container to those who attach to it: all of them hear what it says from then on, and it hears each of them.
final class Terminal extends OutputStream {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int LOG = 1 << 20;

    private final List<Line> attached = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private volatile @Nullable Container container;
    private volatile boolean silent;

    void joinedTo(@Nullable Container other) {
        container = other;
    }

    /// One attachment, with its fault.
    private static final class Line {
        private final WebSocket socket;
        private final Attachment fault;
        private int messages;

        Line(WebSocket socket, Attachment fault) {
            this.socket = socket;
            this.fault = fault;
        }

        /// @return false where nothing goes through any more
        synchronized boolean passes() {
            messages++;
            if (fault == Attachment.DROPPED && messages > 3) socket.reset();
            return fault != Attachment.HALF_OPEN || messages <= 3;
        }

        int times() {
            return fault == Attachment.DOUBLED ? 2 : 1;
        }

        byte[] garbled(byte[] bytes) {
            if (fault != Attachment.GARBLED || messages % 5 != 0) return bytes;
            var other = bytes.clone();
            other[other.length / 2] ^= 1;
            return other;
        }
    }

    /// Serve an attachment until its client is gone.
    void attach(WebSocket socket, Attachment fault) throws IOException {
        var line = new Line(socket, fault);
        attached.add(line);
        try {
            for (byte[] message; (message = socket.receive()) != null;) {
                if (message.length == 0 || message[0] != STDIN || !line.passes() || silent) continue;
                var bytes = line.garbled(Arrays.copyOfRange(message, 1, message.length));
                for (int i = 0; i < line.times(); i++) hear(bytes);
            }
        } finally {
            attached.remove(line);
        }
    }

    private synchronized void hear(byte[] bytes) throws IOException {
        var there = container;
        if (there != null) there.hear(bytes);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        var piece = Arrays.copyOfRange(bytes, offset, offset + length);
        synchronized (log) {
            if (log.size() > LOG) log.reset();
            log.writeBytes(piece);
        }
        for (var line : attached)
            try {
                if (line.passes() && !silent) for (int i = 0; i < line.times(); i++) line.socket.send(STDOUT, line.garbled(piece));
            } catch (IOException e) {
                attached.remove(line);
            }
    }

    String log() {
        synchronized (log) {
            return Objects.requireNonNull(log.toString(StandardCharsets.UTF_8));
        }
    }

    /// Lose whatever is said, either way.
    void silence(boolean lost) {
        silent = lost;
    }

    boolean isSilent() {
        return silent;
    }

    /// Cut everybody off.
    void reset() {
        attached.forEach(l -> l.socket.reset());
    }
}

package dev.lockdown.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The server's end of one connection: reads questions and writes answers, in turn, as far as it goes without waiting.
final class StreamConnection {
    private static final int FIRST_SIZE = 128;
    private static final int LARGEST_QUESTION = Wire.LONGEST_LINE + Wire.LONGEST_PAYLOAD;

    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final Responder responder;
    private ByteBuffer received = ByteBuffer.allocate(FIRST_SIZE);
    private @Nullable ByteBuffer answer;
    private boolean handedOver;

    private StreamConnection(SocketChannel channel, InetSocketAddress peer, Responder responder) {
        this.channel = channel;
        this.peer = peer;
        this.responder = responder;
    }

    static StreamConnection on(SocketChannel accepted, Responder responder) throws IOException {
        accepted.configureBlocking(false);
        // A goodbye that a policy drops would keep the socket, and with it its network namespace, for two minutes.
        accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
        return new StreamConnection(accepted, (InetSocketAddress) accepted.getRemoteAddress(), responder);
    }

    /// Go on as far as possible.
    ///
    /// @return whether the connection is still open
    boolean advance() {
        try {
            while (true) {
                if (answer != null && !written(answer)) return true;
                answer = null;
                if (!answerNext() && !readMore()) return channel.isOpen();
            }
        } catch (IOException e) {
            // The peer resets when it has its answer: the ordinary end.
            close();
            return false;
        }
    }

    private boolean written(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        return !bytes.hasRemaining();
    }

    /// @return whether there is an answer to be written now
    private boolean answerNext() {
        if (received.position() == 0) return false;
        received.flip();
        try {
            if (!responder.complete(received)) return false;
            answer = responder.answer(received, peer);
            if (answer == null) close();
            return answer != null;
        } finally {
            received.compact();
        }
    }

    /// @return whether more bytes came
    private boolean readMore() throws IOException {
        if (!channel.isOpen()) return false;
        if (!received.hasRemaining() && !grow()) return false;
        int count = channel.read(received);
        if (count < 0) close();
        return count > 0;
    }

    private boolean grow() {
        if (received.capacity() >= LARGEST_QUESTION) {
            close();
            return false;
        }
        received = ByteBuffer.allocate(received.capacity() * 4).put(received.flip());
        return true;
    }

    /// The operation of [SelectionKey] that it waits for.
    int waitsFor() {
        return answer == null ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
    }

    /// From now on somebody else reads and writes.
    void handOver() {
        handedOver = true;
    }

    boolean isHandedOver() {
        return handedOver;
    }

    InetSocketAddress peer() {
        return peer;
    }

    SocketChannel channel() {
        return channel;
    }

    void close() {
        Closing.quietly(channel);
    }
}

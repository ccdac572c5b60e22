package dev.lockdown.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Asks an agent at the far end of a connection from which address and port it comes, which somebody on the way may have translated. Nothing
/// else may be under way on it.
public final class SeenAddress {
    private static final Nonces NONCES = Nonces.fresh();
    private static final Duration PAUSE = Duration.ofNanos(500_000);
    /// A datagram that may have been lost is sent again.
    private static final Duration AGAIN = Duration.ofMillis(250);

    private SeenAddress() {}

    /// @param channel non-blocking and connected
    /// @return null where nobody says it in time, or the connection is refused or reset
    public static @Nullable InetSocketAddress of(ByteChannel channel, boolean datagrams, Duration deadline) {
        long nonce = NONCES.next();
        var question = Wire.question(nonce, 0);
        var answer = ByteBuffer.allocate(Wire.LONGEST_LINE);
        long began = System.nanoTime();
        long asked = began;
        for (; System.nanoTime() - began < deadline.toNanos(); LockSupport.parkNanos(PAUSE.toNanos())) {
            if (datagrams && System.nanoTime() - asked > AGAIN.toNanos()) {
                asked = System.nanoTime();
                question.rewind();
            }
            try {
                if (question.hasRemaining()) channel.write(question);
                if (datagrams) answer.clear();
                if (channel.read(answer) < 0) return null;
            } catch (IOException e) {
                // Another datagram may arrive.
                if (!datagrams) return null;
            }
            int end = Wire.lineEnd(answer.duplicate().flip());
            var seen = end < 0 ? null : seen(answer.duplicate().flip(), end, nonce);
            if (seen != null) return seen;
            if (!answer.hasRemaining()) return null;
        }
        return null;
    }

    private static @Nullable InetSocketAddress seen(ByteBuffer answer, int end, long nonce) {
        if (!Wire.greets(answer)) return null;
        var words = Wire.words(answer, end);
        try {
            if (words.length != 4 || Wire.nonce(words[0]) != nonce) return null;
            int port = words[2].lastIndexOf('/');
            return new InetSocketAddress(InetAddress.ofLiteral(words[2].substring(0, Math.max(0, port))),
                Integer.parseInt(words[2].substring(port + 1)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

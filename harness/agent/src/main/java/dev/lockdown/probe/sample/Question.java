package dev.lockdown.probe.sample;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.WebPage;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one sample asks, and how it knows its answer.
public sealed interface Question {

    /// The bytes to send, as a buffer of the caller's own.
    ByteBuffer bytes();

    /// Something arrived.
    ///
    /// @param received from its position to its limit: over TCP everything so far, over UDP one datagram
    /// @param from the far end
    /// @return null to wait for more
    @Nullable Seen hear(ByteBuffer received, InetSocketAddress from);

    /// Have an agent repeat a nonce in a datagram.
    record Nonce(Echo echo) implements Question {
        @Override
        public ByteBuffer bytes() {
            return echo.question();
        }

        @Override
        public @Nullable Seen hear(ByteBuffer received, InetSocketAddress from) {
            return switch (echo.hear(received, true, from, Duration.ZERO)) {
                case null -> null;
                case Outcome.Connected _ -> Seen.OPEN;
                // Somebody else, or something else, which says nothing of this flow.
                case Outcome _ -> Seen.UNKNOWN;
            };
        }
    }

    /// Ask a name server over UDP.
    ///
    /// @param query a DNS message (RFC 1035)
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Name(byte[] query) implements Question {
        private static final int HEADER = 12;
        private static final int RESPONSE = 0x8000;
        private static final int TRUNCATED = 0x0200;
        private static final int RCODE = 0xf;

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(query);
        }

        /// An answer that was cut off has addresses, or else it had fitted.
        @Override
        public @Nullable Seen hear(ByteBuffer received, InetSocketAddress from) {
            if (received.remaining() < HEADER) return null;
            int at = received.position();
            int flags = received.getShort(at + 2);
            if (received.getShort(at) != ByteBuffer.wrap(query).getShort() || (flags & RESPONSE) == 0) return null;
            if ((flags & TRUNCATED) != 0) return Seen.OPEN;
            return (flags & RCODE) == 0 && received.getShort(at + 6) != 0 ? Seen.OPEN : Seen.UNRESOLVED;
        }
    }

    /// Ask a web server for its first page.
    ///
    /// @param host as the request names it
    /// @param expected the agents of which any may answer; empty where others do, any of whose answers counts
    record Page(String host, Set<String> expected) implements Question {
        public Page {
            expected = Set.copyOf(expected);
        }

        @Override
        public ByteBuffer bytes() {
            return WebPage.request(host);
        }

        @Override
        public @Nullable Seen hear(ByteBuffer received, InetSocketAddress from) {
            var head = WebPage.head(received);
            if (head == null) return null;
            if (!head.startsWith("HTTP/1.")) return Seen.UNKNOWN;
            return expected.isEmpty() || expected.contains(WebPage.identity(head)) ? Seen.OPEN : Seen.UNKNOWN;
        }
    }
}

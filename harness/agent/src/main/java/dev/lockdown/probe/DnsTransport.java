package dev.lockdown.probe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// DNS messages as they travel: as they are over UDP, behind their length over TCP (RFC 1035 section 4.2.2).
public final class DnsTransport {
    private static final int LENGTH = 2;

    private DnsTransport() {}

    /// Ask a name server.
    ///
    /// @param query the message, without a length before it
    public static RawExchange asking(byte[] query, boolean tcp) {
        if (!tcp) return RawExchange.of(query, answer -> answer.remaining() >= LENGTH && answer.getShort(answer.position()) == id(query));
        var framed = ByteBuffer.allocate(LENGTH + query.length).putShort((short) query.length).put(query).array();
        return RawExchange.of(framed,
            b -> b.remaining() >= LENGTH && b.remaining() >= LENGTH + Short.toUnsignedInt(b.getShort(b.position())));
    }

    private static short id(byte[] query) {
        return ByteBuffer.wrap(query).getShort();
    }

    /// The message that came back, without its length.
    public static byte[] message(byte[] answer, boolean tcp) {
        return tcp ? Arrays.copyOfRange(answer, LENGTH, answer.length) : answer;
    }
}

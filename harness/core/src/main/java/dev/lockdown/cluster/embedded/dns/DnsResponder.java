package dev.lockdown.cluster.embedded.dns;

import dev.lockdown.probe.Responder;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Puts a name server on a port; over TCP each message follows its length in two bytes (RFC 1035 section 4.2.2).
public record DnsResponder(DnsServer server, boolean tcp) implements Responder {
    private static final int LENGTH = 2;

    @Override
    public boolean complete(ByteBuffer received) {
        return received.remaining() >= LENGTH
            && received.remaining() >= LENGTH + Short.toUnsignedInt(received.getShort(received.position()));
    }

    @Override
    public @Nullable ByteBuffer answer(ByteBuffer question, InetSocketAddress peer) {
        var query = new byte[tcp ? Short.toUnsignedInt(question.getShort()) : question.remaining()];
        question.get(query);
        var answer = server.answer(query, tcp);
        if (answer == null) return null;
        if (!tcp) return ByteBuffer.wrap(answer);
        return ByteBuffer.allocate(LENGTH + answer.length).putShort((short) answer.length).put(answer).flip();
    }
}

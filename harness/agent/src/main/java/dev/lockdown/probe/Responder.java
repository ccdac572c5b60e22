package dev.lockdown.probe;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Answers the questions that reach a server. Called by one thread at a time per server; several servers may share one.
public interface Responder {

    /// Whether the bytes hold a whole question. Asked of TCP only, where a question may come in pieces; a datagram is whole.
    ///
    /// @param received what has arrived, from its position to its limit, which stay as they are
    boolean complete(ByteBuffer received);

    /// Answer one question. Throws nothing: what it cannot read it does not answer.
    ///
    /// @param question from its position on; the position is left behind the question where more may follow on the connection
    /// @return the answer, or null for none: a datagram is then ignored and a connection is reset
    @Nullable ByteBuffer answer(ByteBuffer question, InetSocketAddress peer);
}

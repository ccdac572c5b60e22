package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Sends bytes as they are and keeps the answer for the caller to read, for protocols of others such as DNS.
///
/// Its `Connected` says who was dialled, not who answered, and no source address.
public final class RawExchange implements Exchange {
    private final byte[] question;
    private final Predicate<ByteBuffer> complete;
    private byte @Nullable [] answer;

    private RawExchange(byte[] question, Predicate<ByteBuffer> complete) {
        this.question = question;
        this.complete = complete;
    }

    /// @param complete whether the bytes from position to limit, which it leaves as they are, are a whole answer to this question; over
    ///        UDP a datagram that is none is ignored
    public static RawExchange of(byte[] question, Predicate<ByteBuffer> complete) {
        return new RawExchange(question.clone(), complete);
    }

    /// The answer.
    ///
    /// @return null unless the dial's outcome is `Connected`
    public byte @Nullable [] answer() {
        return answer == null ? null : answer.clone();
    }

    @Override
    public ByteBuffer question() {
        return ByteBuffer.wrap(question);
    }

    @Override
    public int largestAnswer() {
        return 65_535;
    }

    @Override
    public @Nullable Outcome connected(InetSocketAddress target, Duration roundTrip) {
        return null;
    }

    @Override
    public @Nullable Outcome hear(ByteBuffer received, boolean datagram, InetSocketAddress target, Duration roundTrip) {
        if (!complete.test(received)) return null;
        answer = new byte[received.remaining()];
        received.get(received.position(), answer);
        return new Connected(roundTrip, Addresses.text(target), "");
    }

    @Override
    public Outcome cutShort(InetSocketAddress target) {
        return new ProbeFailed("%s closed the connection without an answer".formatted(Addresses.text(target)));
    }

    @Override
    public @Nullable Outcome silence() {
        return null;
    }
}

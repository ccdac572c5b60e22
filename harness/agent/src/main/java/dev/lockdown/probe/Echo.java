package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks another agent to repeat a nonce and to say who it is and whom it sees.
public final class Echo implements Exchange {
    private static final Nonces NONCES = Nonces.fresh();

    private final long nonce;
    private final Set<String> expected;
    private final int payload;
    private @Nullable Outcome stray;

    private Echo(long nonce, Set<String> expected, int payload) {
        this.nonce = nonce;
        this.expected = expected;
        this.payload = payload;
    }

    /// @param expected the identities of which any may answer; any other is a misdirection
    /// @param payload how many bytes to carry each way besides
    public static Echo of(Set<String> expected, int payload) {
        return new Echo(NONCES.next(), expected, payload);
    }

    /// One of a series, of which the far end keeps which numbers arrived: see [Agent#arrivals].
    ///
    /// @param series its own among all that the far end hears of
    public static Echo numbered(int series, int number, Set<String> expected) {
        return new Echo((long) series << 32 | Integer.toUnsignedLong(number), expected, 0);
    }

    /// The same question once more, with a nonce of its own.
    public Echo again() {
        return new Echo(NONCES.next(), expected, payload);
    }

    /// What the far end may be asked for, to learn whether the question arrived: see [Agent#saw].
    public long nonce() {
        return nonce;
    }

    @Override
    public ByteBuffer question() {
        return Wire.question(nonce, payload);
    }

    @Override
    public int largestAnswer() {
        return Wire.LONGEST_LINE + payload;
    }

    @Override
    public @Nullable Outcome connected(InetSocketAddress target, Duration roundTrip) {
        return null;
    }

    @Override
    public @Nullable Outcome hear(ByteBuffer received, boolean datagram, InetSocketAddress target, Duration roundTrip) {
        int end = Wire.lineEnd(received);
        if (!Wire.greets(received) || (end < 0 && received.remaining() > Wire.LONGEST_LINE)) return notAnAgent(received);
        if (end < 0) return datagram ? notAnAgent(received) : null;
        var words = Wire.words(received, end);
        try {
            return words.length == 4 ? judge(words, received, end, datagram, roundTrip) : notAnAgent(received);
        } catch (NumberFormatException e) {
            return notAnAgent(received);
        }
    }

    private @Nullable Outcome judge(String[] words, ByteBuffer received, int end, boolean datagram, Duration roundTrip) {
        var identity = words[1];
        if (Wire.nonce(words[0]) != nonce) return notOurs(new Misdirected(identity + ", with the answer to another question"), datagram);
        if (!expected.contains(identity)) return new Misdirected(identity);
        int length = Wire.payload(words[3]);
        if (received.limit() - end - 1 < length && !datagram) return null;
        if (length != payload || received.limit() - end - 1 < length || !Wire.intact(received, end, length))
            return new ProbeFailed("the payload of %s bytes came back changed from %s".formatted(payload, identity));
        return new Connected(roundTrip, identity, words[2].substring(0, Math.max(0, words[2].lastIndexOf('/'))));
    }

    /// A datagram may be a late answer to an earlier dial, so a better one may follow; a connection has but one answer.
    private @Nullable Outcome notOurs(Misdirected seen, boolean datagram) {
        if (!datagram) return seen;
        stray = seen;
        return null;
    }

    private static Outcome notAnAgent(ByteBuffer received) {
        var bytes = new byte[Math.min(40, received.remaining())];
        received.get(received.position(), bytes);
        return new Misdirected("somebody who does not speak LOCKDOWN/1: \"%s\"".formatted(printable(bytes)));
    }

    private static String printable(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII).replaceAll("[^ -~]", ".");
    }

    @Override
    public Outcome cutShort(InetSocketAddress target) {
        return new ProbeFailed("%s closed the connection without an answer".formatted(Addresses.text(target)));
    }

    @Override
    public @Nullable Outcome silence() {
        return stray;
    }
}

package dev.lockdown.probe;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers a question of [Wire] with its nonce, the server's identity, the source address that it saw, and as much payload; and a request over
/// HTTP with a page that says the identity.
///
/// It remembers the nonces that it has seen, so that a reply that was lost can be told from a request that was.
final class EchoResponder implements Responder {
    private static final int REMEMBERED = 4096;

    /// So many series are kept; the oldest goes first.
    private static final int SERIES = 512;
    private static final BitSet NONE = new BitSet();

    private final long[] seen = new long[REMEMBERED];
    private final Map<Integer, BitSet> series = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, BitSet> eldest) {
            return size() > SERIES;
        }
    };
    private long count;
    private volatile String identity;

    EchoResponder(String identity) {
        this.identity = identity;
    }

    /// From now on, answer as somebody else.
    void answerAs(String other) {
        identity = other;
    }

    /// Whether a question with the nonce arrived, as far as the last few thousand go.
    synchronized boolean saw(long nonce) {
        for (int i = 0; i < Math.min(count, REMEMBERED); i++) if (seen[i] == nonce) return true;
        return false;
    }

    @Override
    public boolean complete(ByteBuffer received) {
        if (!Wire.greets(received))
            return !WebPage.begins(received) || WebPage.end(received) >= 0 || received.remaining() > WebPage.LONGEST_HEAD;
        int end = Wire.lineEnd(received);
        if (end < 0) return received.remaining() > Wire.LONGEST_LINE;
        var question = parse(received, end);
        return question == null || received.limit() - end - 1 >= question.payload;
    }

    @Override
    public @Nullable ByteBuffer answer(ByteBuffer question, InetSocketAddress peer) {
        int end = Wire.greets(question) ? Wire.lineEnd(question) : -1;
        if (end < 0) return page(question);
        var asked = parse(question, end);
        if (asked == null || question.limit() - end - 1 < asked.payload) return null;
        if (!Wire.intact(question, end, asked.payload)) return null;
        question.position(end + 1 + asked.payload);
        remember(asked.nonce);
        return Wire.answer(asked.nonce, identity, text(peer), asked.payload);
    }

    private @Nullable ByteBuffer page(ByteBuffer question) {
        int end = WebPage.begins(question) ? WebPage.end(question) : -1;
        if (end < 0) return null;
        question.position(end);
        return WebPage.answer(identity);
    }

    private synchronized void remember(long nonce) {
        seen[(int) (count++ % REMEMBERED)] = nonce;
        if (series.isEmpty()) return;
        var kept = series.get((int) (nonce >>> 32));
        if (kept != null && (int) nonce >= 0) kept.set((int) nonce);
    }

    /// Keep from now on which numbers of a series arrive; a second call changes nothing.
    synchronized void keep(int wanted) {
        series.computeIfAbsent(wanted, _ -> new BitSet());
    }

    /// Which of some numbers of a series arrived, as far as it was kept.
    synchronized BitSet arrivals(int wanted, int first, int many) {
        return series.getOrDefault(wanted, NONE).get(first, first + many);
    }

    private static String text(InetSocketAddress peer) {
        return peer.getAddress().getHostAddress() + "/" + peer.getPort();
    }

    private static @Nullable Question parse(ByteBuffer bytes, int lineEnd) {
        var words = Wire.words(bytes, lineEnd);
        if (words.length != 2) return null;
        try {
            return new Question(Wire.nonce(words[0]), Wire.payload(words[1]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private record Question(long nonce, int payload) {}
}

package dev.lockdown.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The page that an agent serves over HTTP/1.1 (RFC 9112) on each of its TCP ports, and the request for it.
public final class WebPage {
    private static final byte[] GET = "GET ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String SERVER = "Server: lockdown ";
    /// A head that is longer is nobody's.
    static final int LONGEST_HEAD = 8 * 1024;

    private WebPage() {}

    /// Ask for the first page of a host.
    public static ByteBuffer request(String host) {
        return ascii("GET / HTTP/1.1\r\nHost: %s\r\nUser-Agent: lockdown\r\nAccept: */*\r\nConnection: close\r\n\r\n".formatted(host));
    }

    /// The page of an agent.
    static ByteBuffer answer(String identity) {
        var body = identity + "\n";
        return ascii("HTTP/1.1 200 OK\r\n%s%s\r\nContent-Type: text/plain\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s"
            .formatted(SERVER, identity, Integer.toString(body.length()), body));
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Whether the bytes could be the beginning of a request for a page.
    static boolean begins(ByteBuffer bytes) {
        int known = Math.min(GET.length, bytes.remaining());
        for (int i = 0; i < known; i++) if (bytes.get(bytes.position() + i) != GET[i]) return false;
        return true;
    }

    /// Where the head ends, as an index of the buffer behind it, or -1 where it has not ended yet.
    static int end(ByteBuffer bytes) {
        for (int i = bytes.position(); i + END.length <= bytes.limit(); i++)
            if (bytes.slice(i, END.length).equals(ByteBuffer.wrap(END))) return i + END.length;
        return -1;
    }

    /// The head of an answer; of what is longer than any head or no HTTP, as much as there is.
    ///
    /// @return null where it has not come whole
    public static @Nullable String head(ByteBuffer received) {
        int end = end(received);
        if (end < 0 && received.remaining() < LONGEST_HEAD) return null;
        var head = new byte[(end < 0 ? received.limit() : end) - received.position()];
        received.get(received.position(), head);
        return new String(head, StandardCharsets.US_ASCII);
    }

    /// The agent that sent a head, or nothing where none did.
    public static String identity(String head) {
        return head.lines().filter(l -> l.toLowerCase(Locale.ROOT).startsWith(SERVER.toLowerCase(Locale.ROOT)))
            .map(l -> l.substring(SERVER.length()).strip()).findFirst().orElse("");
    }
}

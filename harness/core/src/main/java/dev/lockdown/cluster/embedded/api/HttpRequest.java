package dev.lockdown.cluster.embedded.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP/1.1 request (RFC 9112).
///
/// @param path without the query
/// @param headers by lower-case name; of a repeated one the last
record HttpRequest(String method, String path, Map<String, String> headers) {
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final long LONGEST_BODY = 1024 * 1024;

    HttpRequest {
        headers = Map.copyOf(headers);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// Read one request and skip its body.
    ///
    /// @return null where the client has closed instead of asking
    /// @throws ProtocolException if it is no such request
    static @Nullable HttpRequest read(InputStream in) throws IOException {
        var head = head(in);
        if (head.isEmpty()) return null;
        var lines = List.of(head.split("\r?\n"));
        var words = lines.getFirst().split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.") || !words[1].startsWith("/"))
            throw new ProtocolException("not an HTTP/1.1 request line: " + lines.getFirst());
        var headers = new HashMap<String, String>();
        for (var line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon < 1) throw new ProtocolException("not a header: " + line);
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        var request = new HttpRequest(words[0], words[1].split("\\?", 2)[0], headers);
        in.skipNBytes(request.bodyLength());
        return request;
    }

    private long bodyLength() throws ProtocolException {
        if (headers.containsKey("transfer-encoding")) throw new ProtocolException("a body without a Content-Length");
        var length = headers.getOrDefault("content-length", "0");
        if (!length.matches("\\d{1,7}") || Long.parseLong(length) > LONGEST_BODY) throw new ProtocolException("Content-Length " + length);
        return Long.parseLong(length);
    }

    /// Byte by byte, because what follows the head belongs to somebody else; the stream below has the buffer.
    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!ends(head)) {
            int next = in.read();
            if (next < 0 && head.isEmpty()) return "";
            if (next < 0) throw new EOFException("the client closed in the middle of a request");
            if (head.length() == LONGEST_HEAD) throw new ProtocolException("a head of more than %s bytes".formatted(LONGEST_HEAD));
            head.append((char) next);
        }
        return head.toString();
    }

    private static boolean ends(StringBuilder head) {
        int length = head.length();
        return length >= 4 && head.charAt(length - 1) == '\n' && (head.charAt(length - 2) == '\n' || head.charAt(length - 3) == '\n');
    }
}

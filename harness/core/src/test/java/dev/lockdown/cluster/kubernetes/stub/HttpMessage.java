package dev.lockdown.cluster.kubernetes.stub;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request of HTTP/1.1 (RFC 9112), as clients of the API send them: with a Content-Length, or in chunks.
record HttpMessage(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    /// @return null at the end of the connection
    static @Nullable HttpMessage read(InputStream in) throws IOException {
        var first = line(in);
        if (first == null) return null;
        var words = first.split(" ");
        var headers = new TreeMap<String, String>();
        for (String line; (line = line(in)) != null && !line.isEmpty();) {
            int colon = line.indexOf(':');
            // A list may come as several lines.
            headers.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        int mark = words[1].indexOf('?');
        return new HttpMessage(words[0], mark < 0 ? words[1] : words[1].substring(0, mark),
            mark < 0 ? Map.of() : query(words[1].substring(mark + 1)), headers, body(in, headers));
    }

    private static Map<String, String> query(String text) {
        var query = new LinkedHashMap<String, String>();
        for (var pair : text.split("&")) {
            var sides = pair.split("=", 2);
            // The words of a command come one by one.
            query.merge(sides[0], sides.length == 1 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8), (a, b) -> a + " " + b);
        }
        return query;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equals("chunked"))
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = line(in);
            if (size == null) throw new EOFException();
            int length = Integer.parseInt(size, 16);
            body.write(in.readNBytes(length));
            line(in);
            if (length == 0) return body.toByteArray();
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c; (c = in.read()) != '\n'; line.append((char) c)) if (c < 0) return null;
        return line.toString().stripTrailing();
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean upgrades() {
        return header("upgrade").equalsIgnoreCase("websocket");
    }
}

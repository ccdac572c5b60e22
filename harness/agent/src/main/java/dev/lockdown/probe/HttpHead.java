package dev.lockdown.probe;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The head of an HTTP/1.1 answer; its body says nothing that a probe wants to know.
///
/// @param headers by their names in small letters
public record HttpHead(String status, Map<String, String> headers) {
    private static final int LONGEST = 16 * 1024;

    public HttpHead {
        headers = Map.copyOf(headers);
    }

    static HttpHead read(InputStream in) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        var status = line(reader);
        var headers = new HashMap<String, String>();
        for (var line = line(reader); !line.isEmpty(); line = line(reader)) {
            var parts = line.split(": *", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[parts.length - 1]);
        }
        return new HttpHead(status, headers);
    }

    private static String line(BufferedReader reader) throws IOException {
        var line = reader.readLine();
        if (line == null) throw new EOFException("the Kubernetes API hung up");
        if (line.length() > LONGEST) throw new IOException("the Kubernetes API sent a line of %s characters".formatted(line.length()));
        return line;
    }
}

package dev.lockdown.cluster.embedded;

import dev.lockdown.flow.Outcome;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The head of the API server's reply; its body says nothing that a probe wants to know.
record ApiReply(String status, Map<String, String> headers) {
    ApiReply {
        headers = Map.copyOf(headers);
    }

    static ApiReply read(InputStream in) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        var status = line(reader);
        var headers = new HashMap<String, String>();
        for (var line = line(reader); !line.isEmpty(); line = line(reader)) {
            var parts = line.split(": *", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[parts.length - 1]);
        }
        return new ApiReply(status, headers);
    }

    Outcome outcome(Duration roundTrip) {
        var node = headers.get(ApiServer.NODE.toLowerCase(Locale.ROOT));
        var source = headers.get(ApiServer.SOURCE.toLowerCase(Locale.ROOT));
        if (node == null || source == null) return new Outcome.Misdirected("a server that is not this cluster's API");
        if (!status.startsWith("HTTP/1.1 200 ")) return new Outcome.ProbeFailed("the Kubernetes API answered: " + status);
        return new Outcome.Connected(roundTrip, node, source);
    }

    private static String line(BufferedReader reader) throws IOException {
        var line = reader.readLine();
        if (line == null) throw new EOFException("the Kubernetes API hung up");
        return line;
    }
}

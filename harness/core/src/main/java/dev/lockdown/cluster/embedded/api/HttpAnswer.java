package dev.lockdown.cluster.embedded.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An HTTP answer with a text for its body.
record HttpAnswer(int status, String type, String body) {

    static HttpAnswer json(int status, String body) {
        return new HttpAnswer(status, "application/json", body);
    }

    static HttpAnswer plain(String body) {
        return new HttpAnswer(200, "text/plain; charset=utf-8", body);
    }

    /// Write it in one go, so that it is one TLS record and, if short, one packet.
    void write(OutputStream out, Map<String, String> headers, boolean withBody) throws IOException {
        var content = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(
            "HTTP/1.1 %s %s\r\nContent-Type: %s\r\nContent-Length: %s\r\n".formatted(status, reason(), type, content.length));
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        if (withBody) bytes.writeBytes(content);
        out.write(bytes.toByteArray());
        out.flush();
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            default -> "";
        };
    }
}

package dev.lockdown.cluster.kubernetes.stub;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server's end of a WebSocket (RFC 6455), for the channels of an attachment.
final class WebSocket {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private WebSocket(Socket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    static WebSocket accept(HttpMessage request, Socket socket, InputStream in, OutputStream out) throws IOException {
        var offered = List.of(request.header("sec-websocket-protocol").split(", *"));
        var protocol = PROTOCOLS.stream().filter(offered::contains).findFirst().orElseThrow(() -> new IOException("offers " + offered));
        return accept(request, "Sec-WebSocket-Protocol: %s\r\n".formatted(protocol), socket, in, out);
    }

    /// Accept one without channels.
    static WebSocket acceptPlain(HttpMessage request, Socket socket, InputStream in, OutputStream out) throws IOException {
        return accept(request, "", socket, in, out);
    }

    private static WebSocket accept(HttpMessage request, String protocol, Socket socket, InputStream in, OutputStream out)
            throws IOException {
        out.write("""
            HTTP/1.1 101 Switching Protocols\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Accept: %s\r
            %s\r
            """.formatted(answer(request.header("sec-websocket-key")), protocol).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return new WebSocket(socket, in, out);
    }

    private static String answer(String key) {
        try {
            return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Send text.
    void send(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Ask whether the client is still there.
    void ping() throws IOException {
        frame(PING, new byte[0]);
    }

    /// Send bytes on a channel.
    void send(int channel, byte[] bytes) throws IOException {
        var message = ByteBuffer.allocate(bytes.length + 1).put((byte) channel).put(bytes).array();
        frame(BINARY, message);
    }

    private synchronized void frame(int kind, byte[] payload) throws IOException {
        out.write(0x80 | kind);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 1 << 16) {
            out.write(126);
            out.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(127);
            out.write(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.write(payload);
        out.flush();
    }

    /// The next message: its channel, and its bytes.
    ///
    /// @return null when the client closed
    byte @Nullable [] receive() throws IOException {
        var message = new ByteArrayOutputStream();
        while (true) {
            int first = in.read();
            if (first < 0) return null;
            var payload = payload();
            switch (first & 15) {
                case CLOSE -> {
                    frame(CLOSE, payload);
                    return null;
                }
                case PING -> frame(PONG, payload);
                case PONG -> {}
                default -> {
                    message.write(payload);
                    if ((first & 0x80) != 0) return message.toByteArray();
                }
            }
        }
    }

    private byte[] payload() throws IOException {
        long length = in.read() & 127;
        if (length == 126) length = ByteBuffer.wrap(bytes(2)).getShort() & 0xffff;
        else if (length == 127) length = ByteBuffer.wrap(bytes(8)).getLong();
        var mask = bytes(4);
        var payload = bytes((int) length);
        for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i % 4];
        return payload;
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = in.readNBytes(count);
        if (bytes.length < count) throw new EOFException();
        return bytes;
    }

    /// Say that there is no more to come.
    void close() throws IOException {
        frame(CLOSE, ByteBuffer.allocate(2).putShort((short) 1000).array());
    }

    /// Without a word.
    void reset() {
        HttpListener.reset(socket);
    }
}

package dev.lockdown.cluster.kubernetes.stub;

import dev.lockdown.cluster.embedded.kernel.Loopback;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Accepts the clients: HTTP/1.1 on the loopback. It can be shut and opened again at the same port.
final class HttpListener implements AutoCloseable {
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private final Gate gate = new Gate();
    private @Nullable ServerSocket listener; // guarded by this

    /// Speaks with one client until it returns or throws.
    interface Handler {
        /// @return false if the connection is used up
        boolean answer(HttpMessage request, Socket socket, InputStream in, OutputStream out) throws IOException;
    }

    HttpListener(Handler handler) {
        this.handler = handler;
        // Tests run in an empty network namespace.
        Loopback.up();
        port = listen(0);
    }

    int port() {
        return port;
    }

    private synchronized int listen(int port) {
        try {
            var made = new ServerSocket();
            made.setReuseAddress(true);
            made.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            listener = made;
            Thread.ofPlatform().daemon().name("stub-door").start(() -> accept(made));
            return made.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                var socket = from.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Shut.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(gate.behind(socket.getInputStream()));
            var out = new BufferedOutputStream(gate.behind(socket.getOutputStream()));
            for (HttpMessage request; (request = HttpMessage.read(in)) != null;) if (!handler.answer(request, socket, in, out)) return;
        } catch (IOException e) {
            // The client is gone, or was sent away.
        } finally {
            open.remove(socket);
        }
    }

    static void write(OutputStream out, int status, String headers, byte[] body) throws IOException {
        out.write("HTTP/1.1 %d .\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n".formatted(status, body.length, headers)
            .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed already.
        }
    }

    /// Refuse new connections, and reset those that stand.
    synchronized void shut() {
        if (listener != null)
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        listener = null;
        open.forEach(HttpListener::reset);
    }

    synchronized void reopen() {
        if (listener == null) listen(port);
    }

    /// Let nothing through either way, as where packets are dropped: what is sent meanwhile arrives when the way is back, also of those who
    /// have given up.
    void drop() {
        gate.shut();
    }

    void dropNoLonger() {
        gate.open();
    }

    @Override
    public void close() {
        gate.open();
        shut();
    }
}

package dev.lockdown.cluster.embedded.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The Kubernetes API on a node: HTTPS over a channel that was opened and bound in the node's network namespace.
///
/// Its threads begin in [#start]; call that from a thread that is not in a namespace, or they live there.
/// Not `com.sun.net.httpserver`: its constructor starts a timer thread, and the constructor must run where the socket is opened.
public final class ApiServer implements AutoCloseable {
    public static final String NODE = "X-Lockdown-Node";
    public static final String SOURCE = "X-Lockdown-Source";
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ServerSocketChannel listener;
    private final String node;
    private final ClusterTls tls;
    private final ApiAnswers answers;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor = Thread.ofVirtual().name("api-server").unstarted(this::accept);
    private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();

    /// @param listener bound, in blocking mode; closed with this server
    /// @param node what it says of itself in the header [#NODE]
    public ApiServer(ServerSocketChannel listener, String node, ClusterTls tls, ApiAnswers answers) {
        this.listener = listener;
        this.node = node;
        this.tls = tls;
        this.answers = answers;
    }

    public void start() {
        acceptor.start();
    }

    private void accept() {
        try (listener) {
            while (true) {
                var channel = listener.accept();
                open.add(channel);
                connections.execute(() -> serve(channel));
            }
        } catch (IOException e) {
            // Closed; or out of descriptors, and then dials had better be refused than wait for nobody.
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().setSoTimeout(Math.toIntExact(IDLE.toMillis()));
            converse(tls.server(channel.socket()), ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress());
        } catch (IOException e) {
            // The client is gone, or never spoke TLS.
        } finally {
            open.remove(channel);
        }
    }

    private void converse(SSLSocket socket, String source) throws IOException {
        var headers = Map.of(NODE, node, SOURCE, source);
        var out = socket.getOutputStream();
        try {
            for (var request = read(socket); request != null; request = read(socket)) {
                answers.to(request).write(out, headers, !request.method().equals("HEAD"));
                if (request.header("connection").equalsIgnoreCase("close")) socket.shutdownOutput();
            }
        } catch (ProtocolException e) {
            answers.malformed(e).write(out, headers, true);
        }
    }

    private static @Nullable HttpRequest read(SSLSocket socket) throws IOException {
        return HttpRequest.read(socket.getInputStream());
    }

    /// Close the listener and every connection, with a reset, and wait until the kernel has closed them, too: it keeps a socket for as long
    /// as a thread waits in it. Repeatable.
    @Override
    public void close() {
        try {
            listener.close();
            acceptor.join();
            for (var channel : open) channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the Kubernetes API on %s cannot be closed".formatted(node), e);
        }
        connections.close();
    }
}

package dev.lockdown.cluster.embedded.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.controlplane.SnapshotFixture;
import dev.lockdown.flow.NamespacedName;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Asked over bare sockets, for what an HTTP client would never send.
@DisplayName("A connection to the Kubernetes API")
class ApiConnectionTest {
    private static final ClusterTls TLS = ClusterTls.make(ClusterTls.NAMES, List.of("127.0.0.1"));
    private static final NamespacedName WEB = NamespacedName.parse("shop/web");

    private final ServiceAccountTokens tokens = new ServiceAccountTokens();
    private final Snapshot snapshot = new SnapshotFixture().namespace("shop").pod("shop/web", "app=web", List.of(), "10.42.0.5").snapshot();
    private ServerSocketChannel listener;
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        server = new ApiServer(listener, "node-1", TLS, new ApiAnswers(tokens, () -> snapshot));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answers_the_next_request_on_the_same_connection() throws Exception {
        try (var socket = TLS.client(new Socket("127.0.0.1", listener.socket().getLocalPort()))) {
            assertThat(firstLine(socket, "/livez")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(firstLine(socket, "/version")).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    @Timeout(20)
    void does_not_wait_for_clients_when_it_closes() throws IOException {
        try (var silent = SocketChannel.open(listener.getLocalAddress())) {
            server.close();
            assertThat(hasEnded(silent)).isTrue();
        }
    }

    @Test
    void takes_nobody_more_when_it_has_closed() throws IOException {
        var address = listener.getLocalAddress();
        server.close();
        assertThatThrownBy(() -> SocketChannel.open(address)).isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"nonsense", "GET version HTTP/1.1", "GET /version HTTP/1.1\r\nno header", "POST / HTTP/1.1\r\nContent-Length: -1",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked"})
    void rejects_what_is_no_request(String text) throws Exception {
        try (var socket = TLS.client(new Socket("127.0.0.1", listener.socket().getLocalPort()))) {
            assertThat(firstLine(socket, text.getBytes(StandardCharsets.US_ASCII))).isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void rejects_a_head_without_an_end() throws Exception {
        try (var socket = TLS.client(new Socket("127.0.0.1", listener.socket().getLocalPort()))) {
            assertThat(firstLine(socket, "x".repeat(20_000).getBytes(StandardCharsets.US_ASCII))).isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    private String firstLine(SSLSocket socket, String path) throws IOException {
        return firstLine(socket,
            "GET %s HTTP/1.1\r\nAuthorization: Bearer %s".formatted(path, tokens.of(WEB)).getBytes(StandardCharsets.US_ASCII));
    }

    private static String firstLine(SSLSocket socket, byte[] head) throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(head);
        socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        return (answer + new String(socket.getInputStream().readNBytes(socket.getInputStream().available()), StandardCharsets.US_ASCII))
            .lines()
            .findFirst().orElseThrow();
    }

    private static boolean hasEnded(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException e) {
            return true;
        }
    }
}

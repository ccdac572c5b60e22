package dev.lockdown.cluster.embedded.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.lockdown.cluster.embedded.api.ApiAnswers;
import dev.lockdown.cluster.embedded.api.ApiServer;
import dev.lockdown.cluster.embedded.api.ClusterTls;
import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens;
import dev.lockdown.cluster.embedded.controlplane.SnapshotFixture;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A dial of the Kubernetes API")
class ApiDialTest {
    private static final ClusterTls TLS = ClusterTls.make(ClusterTls.NAMES, List.of());
    private static final NamespacedName WEB = NamespacedName.parse("shop/web");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final LongSupplier STOPPED = () -> 0;

    private final ServiceAccountTokens tokens = new ServiceAccountTokens();
    private ServerSocketChannel listener;
    private ApiServer server;

    @BeforeEach
    void listen() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        server = serving(TLS);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void connects_with_the_pods_token() throws IOException {
        server.start();
        assertThat(dial(tokens.of(WEB))).isInstanceOf(Connected.class);
    }

    @Test
    void tells_the_node_that_answered() throws IOException {
        server.start();
        assertThat(dial(tokens.of(WEB))).asInstanceOf(type(Connected.class)).extracting(Connected::answeredBy).isEqualTo("node-1");
    }

    @Test
    void tells_the_address_that_the_server_saw() throws IOException {
        server.start();
        assertThat(dial(tokens.of(WEB))).asInstanceOf(type(Connected.class)).extracting(Connected::sourceSeen).isEqualTo("127.0.0.1");
    }

    @Test
    void takes_its_round_trip_from_the_diallers_clock() throws IOException {
        server.start();
        var clock = new AtomicLong();
        var outcome = new ApiDial(TLS, () -> clock.getAndAdd(1_000_000)).dial(connected(), tokens.of(WEB), PATIENCE);
        assertThat(outcome).asInstanceOf(type(Connected.class)).extracting(Connected::roundTrip)
            .isEqualTo(Duration.ofNanos(clock.get() - 1_000_000));
    }

    @Test
    void proves_nothing_without_a_good_token() throws IOException {
        server.start();
        assertThat(dial("none")).isEqualTo(new ProbeFailed("the Kubernetes API answered: HTTP/1.1 401 Unauthorized"));
    }

    @Test
    void times_out_when_nobody_speaks() throws IOException {
        assertThat(new ApiDial(TLS, STOPPED).dial(connected(), "", Duration.ofMillis(50)))
            .isEqualTo(new TimedOut(Duration.ZERO, Lost.UNKNOWN));
    }

    @Test
    void times_out_when_every_answer_comes_but_all_together_take_too_long() throws IOException {
        server.start();
        var clock = new AtomicLong();
        assertThat(new ApiDial(TLS, () -> clock.getAndAdd(400_000_000)).dial(connected(), tokens.of(WEB), Duration.ofSeconds(1)))
            .isInstanceOf(TimedOut.class);
    }

    @Test
    void is_refused_by_a_reset() throws IOException {
        answering(peer -> peer.setOption(StandardSocketOptions.SO_LINGER, 0));
        assertThat(dial(tokens.of(WEB))).isEqualTo(new Refused());
    }

    @Test
    void is_misdirected_to_a_server_that_does_not_speak_tls() throws IOException {
        answering(peer -> peer.write(ByteBuffer.wrap("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));
        assertThat(dial(tokens.of(WEB))).isEqualTo(new Misdirected("a server that does not speak TLS"));
    }

    @Test
    void is_misdirected_to_a_server_with_a_certificate_of_its_own() throws IOException {
        serving(ClusterTls.make(ClusterTls.NAMES, List.of())).start();
        assertThat(dial(tokens.of(WEB))).isEqualTo(new Misdirected("a server without the cluster's certificate"));
    }

    @Test
    void is_misdirected_to_a_server_of_another_name() throws IOException {
        var named = ClusterTls.make(List.of("metrics.monitoring.svc"), List.of());
        serving(named).start();
        assertThat(new ApiDial(named, STOPPED).dial(connected(), "", PATIENCE))
            .isEqualTo(new Misdirected("a server without the cluster's certificate"));
    }

    @Test
    void is_not_a_timeout_when_the_server_hangs_up() throws IOException {
        answering(SocketChannel::shutdownOutput);
        assertThat(dial(tokens.of(WEB))).isInstanceOf(ProbeFailed.class);
    }

    @Test
    void closes_the_channel() throws IOException {
        server.start();
        var channel = connected();
        new ApiDial(TLS, STOPPED).dial(channel, tokens.of(WEB), PATIENCE);
        assertThat(channel.isOpen()).isFalse();
    }

    private interface Manners {
        void show(SocketChannel peer) throws IOException;
    }

    /// Be the server of one connection: take what the client says first, show one's manners, and close.
    private void answering(Manners manners) {
        Thread.ofVirtual().start(() -> {
            try (var peer = listener.accept()) {
                peer.read(ByteBuffer.allocate(4096));
                manners.show(peer);
            } catch (IOException e) {
                // The client notices.
            }
        });
    }

    private ApiServer serving(ClusterTls tls) {
        var cluster = new SnapshotFixture().namespace("shop").pod("shop/web", "app=web", List.of(), "10.42.0.5").snapshot();
        return new ApiServer(listener, "node-1", tls, new ApiAnswers(tokens, () -> cluster));
    }

    private Outcome dial(String token) throws IOException {
        return new ApiDial(TLS, STOPPED).dial(connected(), token, PATIENCE);
    }

    private SocketChannel connected() throws IOException {
        return SocketChannel.open(listener.getLocalAddress());
    }
}

package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.pod.AgentResponse.Seen;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An agent that is asked to dial")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RequestHandlerTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Sockets SOCKETS = Sockets.ofThisProcess();
    private static final String HOST = "kubernetes.default.svc";

    private final Agent agent = new Agent("shop/web", SOCKETS);
    private final AgentWatches watches = new AgentWatches(agent, SOCKETS, SourceRange.read("30000-64999"), new FirstDials(null));
    private final AgentHolds holds = new AgentHolds(agent, SOCKETS, List.of(HERE), SourceRange.parse(""));
    private final UdpReceivers receivers = new UdpReceivers(agent, SOCKETS, List.of(HERE));
    private final ScheduledExecutorService server = Executors.newSingleThreadScheduledExecutor();
    @TempDir
    Path account;
    private AgentLoop loop;
    private RequestHandler handler;

    @BeforeEach
    void start() throws Exception {
        loop = AgentLoop.start(agent);
        var role = new AgentRole(agent, new ServedPorts(agent, loop, SOCKETS, List.of(HERE)), watches, holds, receivers);
        handler = new RequestHandler(agent, loop, SOCKETS, SourceRange.parse(""), new MountedAccount(account), receivers, watches, holds,
            role);
    }

    @AfterEach
    void end() {
        server.shutdownNow();
        watches.close();
        holds.close();
        loop.close();
    }

    private List<Outcome> dial(int deadline, DialRequest... dials) throws InterruptedException {
        return handler.carryOut(new AgentRequest.Dials(1, deadline, 0, List.of(dials))) instanceof AgentResponse.Dialled(_, var seen)
            ? seen.stream().map(Seen::outcome).toList() : List.of();
    }

    private static DialRequest dial(ExchangeSpec exchange, Protocol protocol, int port, int fromPort) {
        return new DialRequest(exchange, protocol, HERE.getHostAddress(), port, fromPort, false);
    }

    /// One dial is answered only after the other has come, which has a port of its own.
    @Test
    void makes_all_its_dials_at_the_same_time() throws Exception {
        var echo = new ExchangeSpec.Echo(List.of("shop/api"));
        try (var other = new Agent("shop/api", SOCKETS); var silent = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            int port = freePort();
            other.serve(Protocol.UDP, new InetSocketAddress(HERE, port));
            var answering = server.submit(() -> {
                silent.receive(new DatagramPacket(new byte[1024], 1024));
                while (!Thread.interrupted()) {
                    other.poke(new Port(Protocol.UDP, port));
                    Thread.onSpinWait();
                }
                return null;
            });
            var outcomes =
                dial(1000, dial(echo, Protocol.UDP, port, 0), dial(echo, Protocol.UDP, silent.getLocalPort(), freePort()));
            answering.cancel(true);
            assertThat(outcomes).satisfiesExactly(first -> assertThat(first).isInstanceOf(Outcome.Connected.class),
                second -> assertThat(second).isInstanceOf(Outcome.TimedOut.class));
        }
    }

    private static int freePort() throws IOException {
        try (var tried = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            return tried.getLocalPort();
        }
    }

    /// No policy makes TLS slow, nor a busy machine a policy.
    @Test
    void waits_for_the_api_longer_than_for_the_connection_to_it_and_tells_how_long_that_took() throws Exception {
        var context = certified();
        try (var listening = new ServerSocket(0, 1, HERE)) {
            var slow = Duration.ofMillis(400);
            var serving = server.submit((Callable<Void>) () -> {
                var connection = listening.accept();
                server.schedule(() -> answer((SSLSocket) context.getSocketFactory().createSocket(connection, (InputStream) null, true)),
                    slow.toMillis(), TimeUnit.MILLISECONDS);
                return null;
            });
            var outcomes = dial(100, dial(new ExchangeSpec.Api(HOST), Protocol.TCP, listening.getLocalPort(), 0));
            serving.get();
            assertThat(outcomes).singleElement().isInstanceOfSatisfying(Outcome.Connected.class, connected -> {
                assertThat(connected.answeredBy()).isEqualTo("kubernetes-api");
                assertThat(connected.roundTrip()).isLessThan(slow);
            });
        }
    }

    /// A handshake costs a process that has just started more than all else that it is asked.
    @Test
    void resumes_the_session_of_its_last_question_to_the_api() throws Exception {
        var context = certified();
        try (var listening = new ServerSocket(0, 1, HERE)) {
            var resumed = server.submit(() -> List.of(answered(context, listening), answered(context, listening)));
            var api = dial(new ExchangeSpec.Api(HOST), Protocol.TCP, listening.getLocalPort(), 0);
            assertThat(List.of(dial(1500, api), dial(1500, api)))
                .allSatisfy(seen -> assertThat(seen).hasOnlyElementsOfType(Outcome.Connected.class));
            assertThat(resumed.get().stream().map(SSLSession::getCreationTime).distinct()).hasSize(1);
        }
    }

    @Test
    void trusts_a_certificate_that_has_been_renewed() throws Exception {
        for (int each = 0; each < 2; each++) {
            Files.deleteIfExists(account.resolve("keys"));
            var context = certified();
            try (var listening = new ServerSocket(0, 1, HERE)) {
                var answered = server.submit(() -> answered(context, listening));
                assertThat(dial(1500, dial(new ExchangeSpec.Api(HOST), Protocol.TCP, listening.getLocalPort(), 0)))
                    .hasOnlyElementsOfType(Outcome.Connected.class);
                answered.get();
            }
        }
    }

    @Test
    void offers_all_key_exchanges_to_a_server_that_has_not_the_cheapest() throws Exception {
        var context = certified();
        try (var listening = new ServerSocket(0, 1, HERE)) {
            Callable<Object> one = () -> {
                var socket = (SSLSocket) context.getSocketFactory().createSocket(listening.accept(), (InputStream) null, true);
                var parameters = socket.getSSLParameters();
                parameters.setNamedGroups(new String[] {"secp256r1"});
                socket.setSSLParameters(parameters);
                return answer(socket);
            };
            var first = server.submit(one);
            var api = dial(new ExchangeSpec.Api(HOST), Protocol.TCP, listening.getLocalPort(), 0);
            assertThat(dial(1500, api)).hasOnlyElementsOfType(Outcome.ProbeFailed.class);
            assertThatThrownBy(first::get).hasRootCauseInstanceOf(SSLException.class);
            var second = server.submit(one);
            assertThat(dial(1500, api)).hasOnlyElementsOfType(Outcome.Connected.class);
            second.get();
        }
    }

    private static SSLSession answered(SSLContext context, ServerSocket listening) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(listening.accept(), (InputStream) null, true);
        answer(socket);
        return socket.getSession();
    }

    private static Void answer(SSLSocket connection) throws IOException {
        try (connection) {
            connection.setUseClientMode(false);
            connection.getInputStream().read();
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return null;
    }

    private SSLContext certified() throws Exception {
        Files.writeString(account.resolve("token"), "token");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + HOST, "-ext", "san=dns:" + HOST);
        keytool("-exportcert", "-rfc", "-file", account.resolve("ca.crt").toString());
        var store = KeyStore.getInstance(account.resolve("keys").toFile(), "changeit".toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String command, String... options) throws Exception {
        var call = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), command,
            "-alias", "api", "-keystore", account.resolve("keys").toString(), "-storepass", "changeit"));
        call.addAll(List.of(options));
        assertThat(new ProcessBuilder(call).redirectErrorStream(true).start().waitFor()).isZero();
    }
}

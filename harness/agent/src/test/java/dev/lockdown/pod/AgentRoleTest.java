package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Forwarded;
import dev.lockdown.probe.Sockets;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Over the loopback interface, with an agent that dials its own servers.
@DisplayName("An agent that becomes another")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AgentRoleTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    /// Of a machine whose kernel has no SCTP, whatever that of this one has.
    private static final Sockets SOCKETS = new Forwarded() {
        @Override
        public java.nio.channels.SocketChannel sctp(Family family) throws IOException {
            throw new IOException("this kernel has no SCTP");
        }

        @Override
        public ServerSocketChannel sctpListener(Family family) throws IOException {
            throw new IOException("this kernel has no SCTP");
        }
    };

    private final Agent agent = new Agent("shop/web", SOCKETS);
    private final AgentWatches watches = new AgentWatches(agent, SOCKETS, SourceRange.read("30000-64999"), new FirstDials(null));
    private final AgentHolds holds = new AgentHolds(agent, SOCKETS, List.of(HERE), SourceRange.parse(""));
    private final UdpReceivers receivers = new UdpReceivers(agent, SOCKETS, List.of(HERE));
    private AgentLoop loop;
    private ServedPorts served;
    private RequestHandler handler;
    private Port tcp;
    private Port udp;
    private Port other;
    private long id;

    @BeforeEach
    void start() throws Exception {
        loop = AgentLoop.start(agent);
        served = new ServedPorts(agent, loop, SOCKETS, List.of(HERE));
        handler =
            new RequestHandler(agent, loop, SOCKETS, SourceRange.parse(""), new MountedAccount(new File("nowhere").toPath()), receivers,
                watches, holds, new AgentRole(agent, served, watches, holds, receivers));
        tcp = free(Protocol.TCP);
        udp = free(Protocol.UDP);
        other = free(Protocol.TCP);
        served.serve(List.of(tcp, udp));
    }

    @AfterEach
    void end() {
        watches.close();
        holds.close();
        loop.close();
    }

    private static Port free(Protocol protocol) throws IOException {
        try (var tried = DatagramChannel.open().bind(new InetSocketAddress(HERE, 0));
                var listener = ServerSocketChannel.open().bind(tried.getLocalAddress())) {
            return new Port(protocol, ((InetSocketAddress) listener.getLocalAddress()).getPort());
        }
    }

    private AgentResponse asked(AgentRequest request) throws InterruptedException {
        return handler.carryOut(request);
    }

    private Served become(String identity, Port... ports) throws InterruptedException {
        var response = asked(new AgentRequest.Become(++id, identity, List.of(ports)));
        assertThat(response).isInstanceOf(AgentResponse.Became.class);
        return ((AgentResponse.Became) response).served();
    }

    private Outcome dial(Port port) throws InterruptedException {
        var request = new DialRequest(new ExchangeSpec.Echo(List.of("shop/web", "shop/api")), port.protocol(), HERE.getHostAddress(),
            port.number(), 0);
        var response = (AgentResponse.Dialled) asked(new AgentRequest.Dials(++id, 500, 0, List.of(request)));
        return response.seen().getFirst().outcome();
    }

    private String answerer(Port port) throws InterruptedException {
        return dial(port) instanceof Outcome.Connected(_, var by, _) ? by : "nobody";
    }

    @Test
    void answers_as_it_on_its_ports_and_no_longer_on_the_others() throws Exception {
        assertThat(List.of(answerer(tcp), answerer(udp), answerer(other))).containsExactly("shop/web", "shop/web", "nobody");
        assertThat(become("shop/api", udp, other).serves()).containsExactly(udp.toString(), other.toString());
        assertThat(List.of(answerer(udp), answerer(other))).containsExactly("shop/api", "shop/api");
        assertThat(dial(tcp)).isInstanceOf(Outcome.Refused.class);
        assertThat(become("shop/web").serves()).isEmpty();
        for (var port : List.of(tcp, udp, other)) assertThat(dial(port)).isInstanceOf(Outcome.Refused.class);
    }

    /// A dial of its own would wake its selector.
    @Test
    void has_shut_a_port_when_it_says_so() throws Exception {
        for (int turn = 0; turn < 50; turn++) {
            become("shop/api", udp);
            assertThat(isServed(tcp)).isFalse();
            become("shop/web", tcp, udp);
            assertThat(isServed(tcp)).isTrue();
        }
    }

    /// Where nobody listens, a socket whose own port happens to be the one that is dialled is joined with itself (RFC 9293, section 3.5,
    /// simultaneous open).
    private static boolean isServed(Port port) throws IOException {
        try (var socket = new Socket(HERE, port.number())) {
            return socket.getLocalPort() != socket.getPort();
        } catch (ConnectException _) {
            return false;
        }
    }

    @Test
    void does_not_interrupt_what_it_serves_before_and_afterwards() throws Exception {
        try (var kept = new Socket(HERE, tcp.number()); var lost = new Socket(HERE, tcp.number())) {
            kept.setSoTimeout(500);
            assertThat(answerer(tcp)).isEqualTo("shop/web");
            become("shop/api", tcp);
            kept.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
            assertThat(new String(kept.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 200");
            become("shop/api", other);
            lost.setSoTimeout(500);
            assertThat(ends(lost)).isTrue();
        }
    }

    private static boolean ends(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException _) {
            return true;
        }
    }

    @Test
    void tells_which_ports_are_taken_and_serves_them_when_it_is_asked_again() throws Exception {
        try (var taken = ServerSocketChannel.open()) {
            taken.bind(new InetSocketAddress(HERE, other.number()));
            var half = become("shop/api", tcp, other);
            assertThat(half.serves()).containsExactly(tcp.toString());
            assertThat(half.failures()).containsOnlyKeys(other.toString());
        }
        assertThat(become("shop/api", tcp, other).failures()).isEmpty();
        assertThat(answerer(other)).isEqualTo("shop/api");
    }

    @Test
    void tells_apart_what_only_its_kernel_lacks() throws Exception {
        var sctp = new Port(Protocol.SCTP, other.number());
        var told = become("shop/api", tcp, sctp);
        assertThat(told.problems()).containsOnlyKeys(sctp.toString());
        assertThat(told.lacks()).containsExactly("SCTP");
        assertThat(told.failures()).isEmpty();
    }

    @Test
    void welcomes_whoever_attaches_anew_as_who_it_is() throws Exception {
        var lines = new ArrayList<String>();
        var end = new AgentEnd(agent::identity, served::now, handler, lines::add);
        become("shop/api", other);
        var hello = new LinkedHashMap<String, @Nullable Object>();
        hello.put("kind", "hello");
        end.line(new Envelope("run-0", 0, 0, hello).line());
        var welcome = Objects.requireNonNull(Envelope.parse(lines.getFirst())).body();
        assertThat(welcome.get("identity")).isEqualTo("shop/api");
        assertThat(welcome.get("serves")).isEqualTo(List.of(other.toString()));
    }

    @Test
    void ends_what_was_watched_held_and_awaited_of_who_it_was() throws Exception {
        var flow = new DialRequest(new ExchangeSpec.Echo(List.of("shop/web")), Protocol.TCP, HERE.getHostAddress(), tcp.number(), 0);
        asked(new AgentRequest.Watch(++id, 3, 50_000, 200, List.of(flow), List.of(0L), false));
        assertThat(asked(new AgentRequest.OpenHeld(++id, 4, Protocol.TCP, HERE.getHostAddress(), tcp.number(), 50_000)))
            .isInstanceOfSatisfying(AgentResponse.Held.class, held -> assertThat(held.isOpened()).isTrue());
        int receiver = ((AgentResponse.Opened) asked(new AgentRequest.OpenReceiver(++id, HERE.getHostAddress()))).receiver();
        become("shop/api", tcp);
        assertThat(asked(new AgentRequest.Samples(++id, 3, false))).isInstanceOf(AgentResponse.Failed.class);
        assertThat(asked(new AgentRequest.BeatsOf(++id, 4, false))).isInstanceOf(AgentResponse.Failed.class);
        assertThat(asked(new AgentRequest.Receive(++id, receiver, 1, true))).isInstanceOf(AgentResponse.Failed.class);
        assertThat(asked(new AgentRequest.Watch(++id, 3, 50_000, 200, List.of(flow), List.of(0L), false)))
            .isInstanceOf(AgentResponse.Watching.class);
    }

    @Test
    void stays_who_it_is_where_the_identity_cannot_be_said() throws Exception {
        assertThat(asked(new AgentRequest.Become(++id, "two words", List.of()))).isInstanceOfSatisfying(AgentResponse.Failed.class,
            f -> assertThat(f.cause()).isEqualTo("\"two words\" cannot be said in one word of ASCII"));
        assertThat(answerer(tcp)).isEqualTo("shop/web");
        assertThatIllegalArgumentException().isThrownBy(() -> new Agent("two words", SOCKETS));
    }

    @Test
    void leaves_no_descriptor_behind_however_often_it_does() throws Exception {
        for (int turn = 0; turn < 3; turn++) backAndForth();
        var before = sockets();
        for (int turn = 0; turn < 100; turn++) backAndForth();
        assertThat(sockets()).hasSizeLessThanOrEqualTo(before.size() + 2);
        assertThat(List.of(answerer(tcp), answerer(udp), answerer(other))).containsExactly("shop/web", "shop/web", "nobody");
    }

    private void backAndForth() throws InterruptedException {
        assertThat(become("shop/api", udp, other).failures()).isEmpty();
        assertThat(answerer(other)).isEqualTo("shop/api");
        assertThat(become("shop/web", tcp, udp).failures()).isEmpty();
        assertThat(answerer(tcp)).isEqualTo("shop/web");
    }

    /// The open descriptors of this process.
    private static Set<String> sockets() {
        return Set.of(Objects.requireNonNull(new File("/proc/self/fd").list()));
    }
}

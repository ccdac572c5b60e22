package dev.lockdown.probe;

import static dev.lockdown.probe.Loopback.HERE;
import static dev.lockdown.probe.Loopback.PATIENT;
import static dev.lockdown.probe.Loopback.SOON;
import static dev.lockdown.probe.Loopback.make;
import static dev.lockdown.probe.Loopback.openDescriptors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Icmp;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome.Unreachable;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Over SCTP where the kernel has it, and in any case over TCP's number, by the same system calls.
@DisplayName("A dial over SCTP")
@ParameterizedClass(name = "by protocol {0}")
@ValueSource(ints = {CarriedSctp.TCP, CarriedSctp.SCTP})
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SctpTest {
    private static final InetAddress SIX = InetAddress.ofLiteral("::1");
    private static final int SEQUENTIAL = 1000;
    private static final int AT_ONCE = 100;

    @Parameter
    int number;

    private final List<Agent> agents = new ArrayList<>();

    @BeforeEach
    void requireProtocol() {
        var lacking = sockets().lacking(Protocol.SCTP);
        assumeTrue(lacking.isEmpty(), () -> lacking.orElseThrow() + ": `modprobe sctp` loads it where the distribution has it");
    }

    @AfterEach
    void close() {
        agents.forEach(Agent::close);
    }

    private CarriedSctp sockets() {
        return new CarriedSctp(number);
    }

    private Agent agent(String identity) {
        var made = new Agent(identity, sockets());
        agents.add(made);
        return made;
    }

    /// Ports of the two protocols are apart, and both are free as a rule where TCP's is.
    private static InetSocketAddress free(InetAddress on) throws IOException {
        try (var probe = ServerSocketChannel.open()) {
            return (InetSocketAddress) probe.bind(new InetSocketAddress(on, 0)).getLocalAddress();
        }
    }

    private InetSocketAddress serving(Agent agent) throws IOException {
        return serving(agent, HERE);
    }

    private static InetSocketAddress serving(Agent agent, InetAddress on) throws IOException {
        var address = free(on);
        agent.serve(Protocol.SCTP, address);
        return address;
    }

    private Line line(InetSocketAddress target, InetAddress source) {
        return new Line(sockets(), Protocol.SCTP, target, source, SourcePorts.ephemeral());
    }

    private Dial echo(InetSocketAddress target, int payload, Duration deadline) {
        return Dial.over(line(target, target.getAddress()), Echo.of(Set.of("shop/api"), payload), deadline);
    }

    @Test
    void tells_who_answered_and_whom_they_saw() throws IOException {
        var api = agent("shop/api");
        assertThat(make(echo(serving(api), 0, PATIENT), api)).isInstanceOfSatisfying(Connected.class, seen -> {
            assertThat(seen.answeredBy()).isEqualTo("shop/api");
            assertThat(seen.sourceSeen()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void goes_over_ipv6_to_a_server_that_leaves_ipv4_alone() throws IOException {
        var api = agent("shop/api");
        int port = free(SIX).getPort();
        api.serve(Protocol.SCTP, new InetSocketAddress(InetAddress.ofLiteral("::"), port));
        assertThat(make(echo(new InetSocketAddress(SIX, port), 0, PATIENT), api)).isInstanceOfSatisfying(Connected.class,
            seen -> assertThat(InetAddress.ofLiteral(seen.sourceSeen())).isEqualTo(SIX));
        assertThat(make(echo(new InetSocketAddress(HERE, port), 0, PATIENT), api)).isEqualTo(new Refused());
    }

    @Test
    void carries_a_megabyte_each_way() throws IOException {
        var api = agent("shop/api");
        assertThat(make(echo(serving(api), 1 << 20, PATIENT), api)).isInstanceOf(Connected.class);
    }

    @Test
    void is_refused_where_nothing_listens() throws IOException {
        assertThat(make(echo(free(HERE), 0, PATIENT))).isEqualTo(new Refused());
        assertThat(make(echo(free(SIX), 0, PATIENT))).isEqualTo(new Refused());
    }

    @Test
    void is_refused_by_a_reset_after_the_connection_stood() throws IOException {
        var api = agent("shop/api");
        var address = free(HERE);
        api.serve(Protocol.SCTP, address, Script.of(_ -> null));
        assertThat(make(echo(address, 0, PATIENT), api)).isEqualTo(new Refused());
    }

    @Test
    void fails_when_the_connection_is_closed_without_an_answer() throws IOException {
        var address = free(HERE);
        try (var listener = sockets().sctpListener(Family.IPV4); var dial = echo(address, 0, PATIENT)) {
            listener.configureBlocking(false);
            listener.bind(address);
            dial.start();
            try (var accepted = accepted(listener)) {
                read(accepted);
            }
            assertThat(make(dial)).isEqualTo(new ProbeFailed("%s closed the connection without an answer".formatted(
                Addresses.text(address))));
        }
    }

    private static SocketChannel accepted(ServerSocketChannel listener) throws IOException {
        SocketChannel accepted = null;
        while (accepted == null) accepted = listener.accept();
        accepted.configureBlocking(false);
        return accepted;
    }

    private static void read(SocketChannel from) throws IOException {
        var into = ByteBuffer.allocate(100);
        while (into.position() == 0) from.read(into);
    }

    @Test
    void is_misdirected_when_somebody_else_answers() throws IOException {
        var other = agent("shop/db");
        assertThat(make(echo(serving(other), 0, PATIENT), other)).isEqualTo(new Misdirected("shop/db"));
    }

    @Test
    void times_out_when_nobody_answers() throws IOException {
        var api = agent("shop/api");
        assertThat(make(echo(serving(api), 0, SOON))).isInstanceOf(TimedOut.class);
    }

    /// The tests of the agent run where there is no network but the loopback.
    @Test
    void is_unreachable_where_no_route_goes() {
        var nowhere = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.1"), 80);
        assertThat(make(Dial.over(line(nowhere, InetAddress.ofLiteral("0.0.0.0")), Echo.of(Set.of("shop/api"), 0), PATIENT)))
            .isEqualTo(new Unreachable(Icmp.NO_ROUTE));
    }

    @Test
    void leaves_from_one_address_even_where_none_is_chosen() throws IOException {
        var api = agent("shop/api");
        try (var dial = Dial.over(line(serving(api), InetAddress.ofLiteral("0.0.0.0")), Echo.of(Set.of("shop/api"), 0), PATIENT)) {
            dial.start();
            assertThat(dial.local()).extracting(InetSocketAddress::getAddress).isEqualTo(HERE);
            assertThat(make(dial, api)).isInstanceOf(Connected.class);
        }
    }

    @Test
    void leaves_from_the_port_it_is_told_even_where_its_own_pod_serves_there() throws IOException {
        var api = agent("shop/api");
        var own = serving(agent("shop/web")).getPort();
        var seen = new PeerPorts();
        var address = free(HERE);
        api.serve(Protocol.SCTP, address, seen);
        make(Dial.over(new Line(sockets(), Protocol.SCTP, address, HERE, SourcePorts.fixedAt(own)), Echo.of(Set.of("shop/api"), 0), SOON),
            api);
        assertThat(seen.ports).containsOnly(own);
    }

    @Test
    void gives_a_connection_away_as_it_stands() throws IOException {
        var api = agent("shop/api");
        var handOver = new HandOver();
        make(Dial.over(line(serving(api), HERE), handOver, PATIENT), api);
        try (var channel = handOver.take()) {
            channel.write(Wire.question(1, 0));
            var answer = ByteBuffer.allocate(200);
            while (answer.position() == 0) {
                api.poke();
                channel.read(answer);
            }
            assertThat(StandardCharsets.US_ASCII.decode(answer.flip()).toString())
                .startsWith("LOCKDOWN/1 0000000000000001 shop/api 127.0.0.1/");
        }
    }

    @Test
    void gives_all_descriptors_back_after_a_thousand() throws IOException {
        var api = agent("shop/api");
        var address = serving(api);
        var nobody = free(HERE);
        make(echo(address, 0, PATIENT), api);
        api.poke();
        long before = openDescriptors();
        for (int i = 0; i < SEQUENTIAL; i++) assertThat(make(echo(address, 0, PATIENT), api)).isInstanceOf(Connected.class);
        for (int i = 0; i < AT_ONCE; i++) make(echo(nobody, 0, PATIENT));
        api.poke();
        assertThat(openDescriptors()).isEqualTo(before);
    }

    @Test
    void is_made_with_a_hundred_others_at_once_and_gives_all_descriptors_back() throws IOException, InterruptedException {
        // The first loop of a process leaves files open that others use.
        try (var first = AgentLoop.start(agent("shop/first"))) {
            first.make(List.of(echo(free(HERE), 0, PATIENT)));
        }
        long before = openDescriptors();
        try (var serving = AgentLoop.start(agent("shop/api")); var dialling = AgentLoop.start(agent("shop/web"))) {
            var address = serving(agents.get(1));
            var dials = new ArrayList<Dial>();
            for (int i = 0; i < AT_ONCE; i++) dials.add(echo(address, 20_000, PATIENT));
            dialling.make(dials);
            assertThat(dials).extracting(Dial::outcome).hasOnlyElementsOfType(Connected.class);
        }
        assertThat(openDescriptors()).isEqualTo(before);
    }

    @Test
    void ends_at_its_own_time_in_a_loop_where_nobody_answers() throws IOException, InterruptedException {
        var address = serving(agent("shop/api"));
        try (var loop = AgentLoop.start(agent("shop/web"))) {
            var silent = echo(address, 0, SOON);
            var refused = echo(free(HERE), 0, PATIENT);
            loop.make(List.of(silent, refused));
            assertThat(silent.outcome()).isInstanceOfSatisfying(TimedOut.class, seen -> assertThat(seen.after()).isLessThan(PATIENT));
            assertThat(refused.outcome()).isEqualTo(new Refused());
        }
    }

    @Test
    void finds_a_server_that_was_closed_by_another_thread_while_it_accepted() throws Exception {
        var address = free(HERE);
        var listener = sockets().sctpListener(Family.IPV4);
        listener.configureBlocking(false);
        listener.bind(address);
        var accepting = Executors.newSingleThreadExecutor();
        try {
            var ended = accepting.submit(() -> {
                while (true) listener.accept();
            });
            assertThat(make(echo(address, 0, SOON))).isInstanceOf(TimedOut.class);
            listener.close();
            assertThatThrownBy(ended::get).hasRootCauseInstanceOf(ClosedChannelException.class);
            assertThat(make(echo(address, 0, PATIENT))).isEqualTo(new Refused());
        } finally {
            accepting.shutdownNow();
        }
    }

    @Test
    void is_served_no_more_once_the_loop_of_its_server_is_closed() throws IOException {
        var api = agent("shop/api");
        InetSocketAddress address;
        try (var _ = AgentLoop.start(api)) {
            address = serving(api);
            assertThat(make(echo(address, 0, PATIENT))).isInstanceOf(Connected.class);
        }
        assertThat(make(echo(address, 0, PATIENT))).isEqualTo(new Refused());
    }

    @Test
    void is_not_made_by_a_socket_that_would_block() throws IOException {
        try (var channel = sockets().sctp(Family.IPV4); var listener = sockets().sctpListener(Family.IPV4)) {
            assertThatThrownBy(() -> channel.connect(free(HERE))).isInstanceOf(IllegalBlockingModeException.class);
            assertThatThrownBy(listener::accept).isInstanceOf(IllegalBlockingModeException.class);
        }
    }

    @Test
    void says_so_when_a_port_is_taken() throws IOException {
        var address = serving(agent("shop/api"));
        try (var other = sockets().sctpListener(Family.IPV4)) {
            assertThatThrownBy(() -> other.bind(address)).isInstanceOf(BindException.class).hasMessage("Address already in use");
        }
    }
}

package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.deny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.kernel.StreamProtocols;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Icmp;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome.Unreachable;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.Dial;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.Sockets;
import dev.lockdown.probe.SourcePorts;
import dev.lockdown.probe.socket.StreamSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Over SCTP where the kernel has it, and in any case over TCP's number, by the same system calls.
@NamespacesAvailable
@DisplayName("A dial over SCTP from one pod to another")
@ParameterizedClass(name = "by protocol {0}")
@ValueSource(ints = {6, 132})
class SctpDialTest {
    private static final int PORT = 9;
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(150);

    private final FirewallFixture cluster =
        new FirewallFixture().namespace("shop", "").with("shop/web", "node-1", "app=web", "").with("shop/api", "node-2", "app=api", "");

    @Parameter
    int number;

    @BeforeEach
    void requireProtocol() {
        assumeTrue(StreamProtocols.has(number), "this kernel has no SCTP: `modprobe sctp` loads it where the distribution has the module");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private record InPod(FirewallFixture cluster, NetworkNamespace namespace, int number) implements Sockets {
        private StreamSockets streams() {
            return new StreamSockets("SCTP", number);
        }

        @Override
        public SocketChannel tcp(Family family) {
            throw new UnsupportedOperationException("TCP");
        }

        @Override
        public ServerSocketChannel listener(Family family) {
            throw new UnsupportedOperationException("TCP");
        }

        @Override
        public DatagramChannel udp(Family family) throws IOException {
            return cluster.thread.in(namespace, () -> Sockets.ofThisProcess().udp(family));
        }

        @Override
        public SocketChannel sctp(Family family) throws IOException {
            return cluster.thread.in(namespace, () -> streams().channel(family));
        }

        @Override
        public ServerSocketChannel sctpListener(Family family) throws IOException {
            return cluster.thread.in(namespace, () -> streams().listener(family));
        }
    }

    private Sockets sockets(String pod) {
        return new InPod(cluster, cluster.namespace(pod), number);
    }

    private Outcome dialled(Family family, Duration deadline) throws IOException {
        var at = new InetSocketAddress(cluster.address("shop/api", family), PORT);
        var anywhere = InetAddress.ofLiteral(family == Family.IPV4 ? "0.0.0.0" : "::");
        try (var api = new Agent("shop/api", sockets("shop/api"))) {
            api.serve(Protocol.SCTP, at);
            var line = new Line(sockets("shop/web"), Protocol.SCTP, at, anywhere, SourcePorts.ephemeral());
            try (var dial = Dial.over(line, Echo.of(Set.of("shop/api"), 0), deadline)) {
                dial.start();
                while (!dial.advance()) {
                    api.poke();
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
                }
                return dial.outcome();
            }
        }
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }

    @ParameterizedTest
    @EnumSource
    void tells_from_which_address_it_was_seen_to_come(Family family) throws IOException {
        assertThat(dialled(family, LONG)).isInstanceOfSatisfying(Connected.class,
            seen -> assertThat(seen.sourceSeen()).isEqualTo(text(cluster.address("shop/web", family))));
    }

    @ParameterizedTest
    @EnumSource
    void times_out_where_a_policy_drops_it(Family family) throws IOException {
        cluster.change(deny("shop/deny", INGRESS));
        assertThat(dialled(family, SHORT)).isInstanceOf(TimedOut.class);
        assertThat(cluster.drops()).containsExactly("node-2: ingress of shop/api");
    }

    @Test
    void times_out_where_packets_vanish_without_a_word() throws IOException {
        cluster.run("node-1", rule("meta l4proto %d drop".formatted(number)));
        assertThat(dialled(Family.IPV4, SHORT)).isInstanceOf(TimedOut.class);
        assertThat(cluster.drops()).isEmpty();
    }

    private static String rule(String rule) {
        return "table inet other { chain forwarded { type filter hook forward priority -200; %s; }; };".formatted(rule);
    }

    static Stream<Arguments> saysNo() {
        return Stream.of(Arguments.of("icmp host-unreachable", new Unreachable(Icmp.HOST)),
            Arguments.of("icmp admin-prohibited", new Unreachable(Icmp.HOST)),
            Arguments.of("icmp net-unreachable", new Unreachable(Icmp.NO_ROUTE)), Arguments.of("icmp port-unreachable", new Refused()),
            Arguments.of("icmp prot-unreachable", new ProbeFailed("the kernel at the far end does not speak the protocol")));
    }

    @ParameterizedTest
    @MethodSource("saysNo")
    void hears_what_icmp_says_no_to(String reject, Outcome expected) throws IOException {
        cluster.run("node-1", rule("meta l4proto %d reject with %s".formatted(number, reject)));
        assertThat(dialled(Family.IPV4, LONG)).isEqualTo(expected);
    }

    @Test
    void hears_what_icmp_says_no_to_over_ipv6() throws IOException {
        cluster.run("node-1", rule("meta l4proto %d reject with icmpv6 admin-prohibited".formatted(number)));
        assertThat(dialled(Family.IPV6, LONG)).isEqualTo(new Unreachable(Icmp.ADMINISTRATIVELY_PROHIBITED));
    }
}

package dev.lockdown.probe;

import static dev.lockdown.probe.Loopback.PATIENT;
import static dev.lockdown.probe.Loopback.SOON;
import static dev.lockdown.probe.Loopback.agent;
import static dev.lockdown.probe.Loopback.echo;
import static dev.lockdown.probe.Loopback.free;
import static dev.lockdown.probe.Loopback.line;
import static dev.lockdown.probe.Loopback.make;
import static dev.lockdown.probe.Loopback.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome.Unresolved;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A dial")
class DialTest {
    private final Agent api = agent("shop/api");

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @EnumSource
    void tells_who_answered_and_whom_they_saw(Protocol protocol) throws IOException {
        var address = serving(api, protocol);
        var outcome = make(echo(protocol, address, "shop/api", PATIENT), api);
        assertThat(outcome).isInstanceOfSatisfying(Connected.class, connected -> {
            assertThat(connected.answeredBy()).isEqualTo("shop/api");
            assertThat(connected.sourceSeen()).isEqualTo("127.0.0.1");
            assertThat(connected.roundTrip()).isBetween(Duration.ofNanos(1), PATIENT);
        });
    }

    @ParameterizedTest
    @EnumSource
    void is_refused_where_nothing_listens(Protocol protocol) throws IOException {
        assertThat(make(echo(protocol, free(protocol), "shop/api", PATIENT))).isEqualTo(new Refused());
    }

    @ParameterizedTest
    @EnumSource
    void is_misdirected_when_somebody_else_answers(Protocol protocol) throws IOException {
        var address = serving(api, protocol);
        assertThat(make(echo(protocol, address, "shop/db", PATIENT), api)).isEqualTo(new Misdirected("shop/api"));
    }

    @ParameterizedTest
    @EnumSource
    void times_out_at_its_deadline_and_not_before_when_nothing_comes_back(Protocol protocol) throws IOException {
        var address = serving(api, protocol);
        assertThat(make(echo(protocol, address, "shop/api", SOON))).isInstanceOfSatisfying(TimedOut.class, timedOut -> {
            assertThat(timedOut.after()).isBetween(SOON, SOON.plusSeconds(5));
            assertThat(timedOut.lost()).isEqualTo(Lost.UNKNOWN);
        });
    }

    @Test
    void makes_three_attempts_each_from_a_port_of_its_own() throws IOException {
        try (var silent = DatagramChannel.open().bind(new InetSocketAddress(Loopback.HERE, 0))) {
            make(echo(Protocol.UDP, (InetSocketAddress) silent.getLocalAddress(), "shop/api", SOON));
            assertThat(sendersTo(silent)).hasSize(3);
        }
    }

    private static Set<Object> sendersTo(DatagramChannel channel) throws IOException {
        channel.configureBlocking(false);
        var senders = new HashSet<>();
        var bytes = ByteBuffer.allocate(100);
        for (var sender = channel.receive(bytes); sender != null; sender = channel.receive(bytes.clear())) senders.add(sender);
        return senders;
    }

    @Test
    void hears_the_answer_to_an_earlier_attempt_while_a_later_one_is_out() throws IOException {
        var address = serving(api, Protocol.UDP, Script.of(nonce -> answer(nonce, "shop/api", "10.0.0.7/1"), nonce -> null));
        try (var dial = echo(Protocol.UDP, address, "shop/api", Duration.ofMillis(600))) {
            dial.start();
            var first = dial.local();
            while (Objects.equals(first, dial.local())) assertThat(dial.advance()).isFalse();
            api.poke();
            assertThat(make(dial)).isInstanceOfSatisfying(Connected.class, seen -> assertThat(seen.sourceSeen()).isEqualTo("10.0.0.7"));
        }
    }

    @Test
    void is_misdirected_by_a_server_of_another_protocol() throws IOException {
        var address = serving(api, Protocol.TCP, Script.of(nonce -> "HTTP/1.1 400 Bad Request\r\n\r\n"));
        assertThat(make(echo(Protocol.TCP, address, "shop/api", PATIENT), api))
            .isEqualTo(new Misdirected("somebody who does not speak LOCKDOWN/1: \"HTTP/1.1 400 Bad Request....\""));
    }

    @Test
    void is_misdirected_by_a_server_of_another_version() throws IOException {
        var address = serving(api, Protocol.TCP, Script.of(nonce -> "LOCKDOWN/9 %s shop/api 10.0.0.7/1 0\n".formatted(nonce)));
        assertThat(make(echo(Protocol.TCP, address, "shop/api", PATIENT), api)).isInstanceOf(Misdirected.class);
    }

    @Test
    void is_misdirected_by_the_answer_to_another_question_over_tcp() throws IOException {
        var address = serving(api, Protocol.TCP, Script.of(nonce -> answer("00000000000000aa", "shop/api", "10.0.0.7/1")));
        assertThat(make(echo(Protocol.TCP, address, "shop/api", PATIENT), api))
            .isEqualTo(new Misdirected("shop/api, with the answer to another question"));
    }

    @Test
    void waits_for_its_own_answer_after_a_strangers_datagram() throws IOException {
        var address = serving(api, Protocol.UDP,
            Script.of(nonce -> answer("00000000000000aa", "shop/api", "10.0.0.7/1"), nonce -> answer(nonce, "shop/api", "10.0.0.7/1")));
        assertThat(make(echo(Protocol.UDP, address, "shop/api", Duration.ofMillis(600)), api)).isInstanceOf(Connected.class);
    }

    @Test
    void is_misdirected_at_its_deadline_when_only_strangers_datagrams_came() throws IOException {
        var address = serving(api, Protocol.UDP, Script.of(nonce -> answer("00000000000000aa", "shop/api", "10.0.0.7/1")));
        assertThat(make(echo(Protocol.UDP, address, "shop/api", SOON), api))
            .isEqualTo(new Misdirected("shop/api, with the answer to another question"));
    }

    @ParameterizedTest
    @CsvSource({"TCP, 5000", "TCP, 1000000", "UDP, 5000", "SCTP, 5000", "SCTP, 1000000"})
    void carries_a_payload_of_many_packets_each_way(Protocol protocol, int payload) throws IOException {
        var address = serving(api, protocol);
        var dial = Dial.over(line(protocol, address), Echo.of(Set.of("shop/api"), payload), PATIENT);
        assertThat(make(dial, api)).isInstanceOf(Connected.class);
    }

    @Test
    void fails_when_the_payload_comes_back_changed() throws IOException {
        var address = serving(api, Protocol.TCP, Script.of(nonce -> "LOCKDOWN/1 %s shop/api 10.0.0.7/1 3\nabX".formatted(nonce)));
        assertThat(make(Dial.over(line(Protocol.TCP, address), Echo.of(Set.of("shop/api"), 3), PATIENT), api))
            .isEqualTo(new ProbeFailed("the payload of 3 bytes came back changed from shop/api"));
    }

    @Test
    void is_refused_by_a_reset_after_the_connection_stood() throws IOException {
        var address = serving(api, Protocol.TCP, Script.of(nonce -> null));
        assertThat(make(echo(Protocol.TCP, address, "shop/api", PATIENT), api)).isEqualTo(new Refused());
    }

    @Test
    void fails_when_the_connection_is_closed_without_an_answer() throws IOException {
        try (var listener = ServerSocketChannel.open().bind(new InetSocketAddress(Loopback.HERE, 0));
                var dial = echo(Protocol.TCP, (InetSocketAddress) listener.getLocalAddress(), "shop/api", PATIENT)) {
            dial.start();
            try (var accepted = listener.accept()) {
                accepted.read(ByteBuffer.allocate(100));
            }
            assertThat(make(dial)).isEqualTo(new ProbeFailed(
                "127.0.0.1:%d closed the connection without an answer".formatted(listener.socket().getLocalPort())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaves_from_the_port_it_is_told_even_where_its_own_pod_serves_there(Protocol protocol) throws IOException {
        var address = serving(api, protocol);
        try (var web = agent("shop/web")) {
            var own = serving(web, protocol);
            var line = new Line(Loopback.SOCKETS, protocol, address, Loopback.HERE, SourcePorts.fixedAt(own.getPort()));
            var seen = new PeerPorts();
            api.stopServing(Loopback.port(protocol, address));
            api.serve(protocol, address, seen);
            make(Dial.over(line, Echo.of(Set.of("shop/api"), 0), SOON), api, web);
            assertThat(seen.ports).containsOnly(own.getPort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tries_again_from_a_given_port_when_nothing_comes_back(Protocol protocol) throws IOException {
        var address = serving(api, protocol);
        var given = SourcePorts.fixedAt(free(protocol).getPort());
        var line = new Line(Loopback.SOCKETS, protocol, address, Loopback.HERE, given);
        assertThat(make(Dial.over(line, Echo.of(Set.of("shop/api"), 0), SOON))).isInstanceOf(TimedOut.class);
    }

    @Test
    void takes_the_next_port_of_its_range_when_one_is_in_use() throws IOException {
        var address = serving(api, Protocol.TCP);
        var taken = serving(api, Protocol.TCP).getPort();
        var line = new Line(Sockets.ofThisProcess(), Protocol.TCP, address, Loopback.HERE,
            SourcePorts.rotating(taken, taken + 5, taken, () -> {}));
        assertThat(make(Dial.over(line, Echo.of(Set.of("shop/api"), 0), PATIENT), api)).isInstanceOf(Connected.class);
    }

    @Test
    void fails_when_the_process_has_no_descriptor_left() throws IOException {
        var line = new Line(new Broken("Too many open files"), Protocol.TCP, free(Protocol.TCP), Loopback.HERE, SourcePorts.ephemeral());
        assertThat(make(Dial.over(line, Echo.of(Set.of("shop/api"), 0), PATIENT))).isEqualTo(new ProbeFailed("Too many open files"));
    }

    @Test
    void fails_over_udp_when_the_payload_is_more_than_a_datagram_can_hold() throws IOException {
        var address = serving(api, Protocol.UDP);
        assertThat(make(Dial.over(line(Protocol.UDP, address), Echo.of(Set.of("shop/api"), 100_000), PATIENT), api))
            .isEqualTo(new ProbeFailed("Message too long"));
    }

    @Test
    void ends_as_timed_out_when_the_data_plane_reports_the_drop() throws IOException {
        var address = serving(api, Protocol.TCP);
        try (var dial = echo(Protocol.TCP, address, "shop/api", PATIENT)) {
            dial.start();
            dial.dropped(Lost.REQUEST);
            assertThat(dial.outcome()).isInstanceOfSatisfying(TimedOut.class, timedOut -> assertThat(timedOut.after()).isLessThan(PATIENT));
        }
    }

    @Test
    void keeps_what_it_saw_when_a_drop_is_reported_later() throws IOException {
        try (var dial = echo(Protocol.TCP, free(Protocol.TCP), "shop/api", PATIENT)) {
            assertThat(make(dial)).isEqualTo(new Refused());
            dial.dropped(Lost.REQUEST);
            assertThat(dial.outcome()).isEqualTo(new Refused());
        }
    }

    @Test
    void is_made_to_an_address_and_not_to_a_name() {
        assertThatThrownBy(() -> line(Protocol.TCP, InetSocketAddress.createUnresolved("api.shop", 80)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageEndingWith("is not an address");
    }

    @Test
    void has_an_outcome_without_being_made_where_the_answer_is_known() {
        var dial = Dial.answered(new Unresolved("api.shop", "NXDOMAIN"));
        assertThat(dial.start()).isTrue();
        assertThat(dial.outcome()).isEqualTo(new Unresolved("api.shop", "NXDOMAIN"));
    }

    @Test
    void has_no_outcome_before_it_is_decided() throws IOException {
        try (var dial = echo(Protocol.TCP, free(Protocol.TCP), "shop/api", PATIENT)) {
            assertThatThrownBy(dial::outcome).isInstanceOf(NullPointerException.class).hasMessage("the dial is not decided yet");
        }
    }

    static String answer(String nonce, String identity, String source) {
        return "LOCKDOWN/1 %s %s %s 0\n".formatted(nonce, identity, source);
    }
}

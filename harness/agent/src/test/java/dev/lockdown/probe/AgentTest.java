package dev.lockdown.probe;

import static dev.lockdown.probe.Loopback.HERE;
import static dev.lockdown.probe.Loopback.PATIENT;
import static dev.lockdown.probe.Loopback.SOON;
import static dev.lockdown.probe.Loopback.agent;
import static dev.lockdown.probe.Loopback.echo;
import static dev.lockdown.probe.Loopback.line;
import static dev.lockdown.probe.Loopback.make;
import static dev.lockdown.probe.Loopback.port;
import static dev.lockdown.probe.Loopback.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Misdirected;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An agent")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AgentTest {
    private final Agent api = agent("shop/api");

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @EnumSource
    void remembers_a_question_whose_answer_was_lost(Protocol protocol) throws IOException {
        var address = serving(api, protocol);
        var echo = Echo.of(Set.of("shop/api"), 0);
        try (var dial = Dial.over(line(protocol, address), echo, PATIENT)) {
            dial.start();
            api.poke();
            assertThat(api.saw(echo.nonce())).isTrue();
        }
    }

    @Test
    void has_not_seen_a_question_that_was_lost() throws IOException {
        var address = serving(api, Protocol.UDP);
        var echo = Echo.of(Set.of("shop/api"), 0);
        make(Dial.over(line(Protocol.UDP, address), Echo.of(Set.of("shop/api"), 0), PATIENT), api);
        assertThat(api.saw(echo.nonce())).isFalse();
    }

    @Test
    void remembers_the_latest_questions_only() {
        var responder = new EchoResponder("shop/api");
        var peer = new InetSocketAddress(HERE, 1);
        for (long nonce = 1; nonce <= 20_000; nonce++) responder.answer(Wire.question(nonce, 0), peer);
        assertThat(responder.saw(20_000)).isTrue();
        assertThat(responder.saw(16_000)).isTrue();
        assertThat(responder.saw(1)).isFalse();
    }

    @Test
    void hangs_up_on_the_peer_that_is_gone_and_on_nobody_else() throws IOException {
        var address = serving(api, Protocol.TCP);
        try (var gone = SocketChannel.open(address); var staying = SocketChannel.open(address)) {
            api.poke();

            api.hangUp(port(Protocol.TCP, address), (InetSocketAddress) gone.getLocalAddress());

            assertThatThrownBy(() -> gone.read(ByteBuffer.allocate(1))).hasMessageContaining("reset");
            staying.write(Wire.question(1, 0));
            api.poke();
            assertThat(staying.read(ByteBuffer.allocate(100))).isPositive();
        }
    }

    @Test
    void can_be_made_an_impostor() throws IOException {
        var address = serving(api, Protocol.TCP);
        api.answerAs("shop/ghost");
        assertThat(make(echo(Protocol.TCP, address, "shop/api", PATIENT), api)).isEqualTo(new Misdirected("shop/ghost"));
    }

    @ParameterizedTest
    @EnumSource
    void serves_nothing_any_more_once_dead(Protocol protocol) throws IOException {
        var address = serving(api, protocol);
        api.die();
        assertThat(make(echo(protocol, address, "shop/api", PATIENT), api)).isEqualTo(new Refused());
    }

    @Test
    void closes_one_port_and_leaves_the_others() throws IOException {
        var closed = serving(api, Protocol.TCP);
        var open = serving(api, Protocol.TCP);
        api.stopServing(port(Protocol.TCP, closed));
        assertThat(make(echo(Protocol.TCP, closed, "shop/api", PATIENT), api)).isEqualTo(new Refused());
        assertThat(make(echo(Protocol.TCP, open, "shop/api", PATIENT), api)).isInstanceOf(Connected.class);
    }

    @Test
    void has_an_identity_that_fits_on_the_wire() {
        assertThatThrownBy(() -> agent("two words")).hasMessage("\"two words\" cannot be said in one word of ASCII");
    }

    @Test
    void says_so_when_a_port_is_taken() throws IOException {
        var address = serving(api, Protocol.TCP);
        api.stopServing(port(Protocol.TCP, address));
        try (var other = ServerSocketChannel.open().bind(address)) {
            assertThatThrownBy(() -> api.serve(Protocol.TCP, address)).isInstanceOf(IOException.class).hasMessage("Address already in use");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1\r\n\r\n", "LOCKDOWN/2 00 0\n", "LOCKDOWN/1 xyz 0\n", "LOCKDOWN/1 00\n", "LOCKDOWN/1 00 -1\n",
        "LOCKDOWN/1 00 99999999999\n", "LOCKDOWN/1 00 2\nzz"})
    void resets_a_connection_that_does_not_speak_its_protocol(String said) throws IOException {
        var address = serving(api, Protocol.TCP);
        var exchange = RawExchange.of(said.getBytes(StandardCharsets.US_ASCII), received -> true);
        assertThat(make(Dial.over(line(Protocol.TCP, address), exchange, PATIENT), api)).isEqualTo(new Refused());
    }

    @Test
    void resets_a_connection_that_never_comes_to_the_point() throws IOException {
        var address = serving(api, Protocol.TCP);
        try (var channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap(("LOCKDOWN/1 " + "0".repeat(1000)).getBytes(StandardCharsets.US_ASCII)));
            api.poke();
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(10))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void ignores_a_datagram_of_another_protocol() throws IOException {
        var address = serving(api, Protocol.UDP);
        var exchange = RawExchange.of("hello".getBytes(StandardCharsets.US_ASCII), received -> true);
        assertThat(make(Dial.over(line(Protocol.UDP, address), exchange, SOON), api)).isInstanceOf(TimedOut.class);
    }

    @Test
    void gives_all_descriptors_back() throws IOException {
        make(echo(Protocol.TCP, serving(api, Protocol.TCP), "shop/api", PATIENT), api);
        api.close();
        long before = Loopback.openDescriptors();
        try (var web = agent("shop/web")) {
            for (var protocol : Protocol.values()) {
                var address = serving(web, protocol);
                for (int i = 0; i < 50; i++) make(echo(protocol, address, "shop/web", PATIENT), web);
                make(echo(protocol, address, "shop/web", SOON));
            }
        }
        assertThat(Loopback.openDescriptors()).isEqualTo(before);
    }
}

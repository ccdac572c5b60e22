package dev.lockdown.probe;

import static dev.lockdown.probe.Loopback.HERE;
import static dev.lockdown.probe.Loopback.PATIENT;
import static dev.lockdown.probe.Loopback.SOON;
import static dev.lockdown.probe.Loopback.agent;
import static dev.lockdown.probe.Loopback.echo;
import static dev.lockdown.probe.Loopback.free;
import static dev.lockdown.probe.Loopback.line;
import static dev.lockdown.probe.Loopback.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("An agent's loop")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AgentLoopTest {
    private final Agent api = agent("shop/api");
    private final Agent web = agent("shop/web");

    @Test
    void makes_hundreds_of_dials_at_once_to_a_loop_that_serves_them() throws IOException, InterruptedException {
        try (var serving = AgentLoop.start(api); var dialling = AgentLoop.start(web)) {
            var dials = new ArrayList<Dial>();
            for (var protocol : Protocol.values()) {
                var address = serving(api, protocol);
                for (int i = 0; i < 250; i++) dials.add(echo(protocol, address, "shop/api", PATIENT));
            }
            dialling.make(dials);
            assertThat(dials).extracting(Dial::outcome).hasOnlyElementsOfType(Connected.class);
        }
    }

    @Test
    void serves_what_the_agent_served_before_it_started() throws IOException, InterruptedException {
        var address = serving(api, Protocol.TCP);
        try (var loop = AgentLoop.start(api)) {
            var dial = echo(Protocol.TCP, address, "shop/api", PATIENT);
            loop.make(List.of(dial));
            assertThat(dial.outcome()).isInstanceOf(Connected.class);
        }
    }

    @Test
    void carries_a_megabyte_each_way_in_as_many_pieces_as_it_takes() throws IOException, InterruptedException {
        var address = serving(api, Protocol.TCP);
        try (var serving = AgentLoop.start(api); var dialling = AgentLoop.start(web)) {
            var line = new Line(new Narrow(), Protocol.TCP, address, HERE, SourcePorts.ephemeral());
            var dial = Dial.over(line, Echo.of(Set.of("shop/api"), 1 << 20), PATIENT);
            dialling.make(List.of(dial));
            assertThat(dial.outcome()).isInstanceOf(Connected.class);
        }
    }

    @Test
    void answers_with_more_than_a_socket_holds() throws IOException, InterruptedException {
        var address = serving(api, Protocol.TCP, new Zeros());
        try (var serving = AgentLoop.start(api); var dialling = AgentLoop.start(web)) {
            var exchange = RawExchange.of(new byte[] {1}, received -> received.remaining() == Zeros.COUNT);
            dialling.make(List.of(Dial.over(line(Protocol.TCP, address), exchange, PATIENT)));
            assertThat(exchange.answer()).hasSize(Zeros.COUNT);
        }
    }

    private static final class Zeros implements Responder {
        private static final int COUNT = 32 << 20;

        @Override
        public boolean complete(ByteBuffer received) {
            return received.hasRemaining();
        }

        @Override
        public ByteBuffer answer(ByteBuffer question, InetSocketAddress peer) {
            question.position(question.limit());
            return ByteBuffer.allocate(COUNT);
        }
    }

    @Test
    void lets_each_dial_end_at_its_own_time() throws IOException, InterruptedException {
        var silent = serving(api, Protocol.TCP);
        try (var loop = AgentLoop.start(web)) {
            var refused = echo(Protocol.TCP, free(Protocol.TCP), "shop/api", PATIENT);
            var timedOut = echo(Protocol.TCP, silent, "shop/api", SOON);
            loop.make(List.of(timedOut, refused));
            assertThat(refused.outcome()).isEqualTo(new Refused());
            assertThat(timedOut.outcome()).isInstanceOfSatisfying(TimedOut.class, seen -> assertThat(seen.after()).isLessThan(PATIENT));
        } finally {
            api.close();
        }
    }

    @Test
    void hears_who_is_answered_while_others_have_not_begun() throws IOException, InterruptedException {
        var address = serving(api, Protocol.TCP);
        int count = 40;
        try (var serving = AgentLoop.start(api); var dialling = AgentLoop.start(web)) {
            var line = new Line(new Slow(), Protocol.TCP, address, HERE, SourcePorts.ephemeral());
            var dials = Stream.generate(() -> Dial.over(line, Echo.of(Set.of("shop/api"), 0), PATIENT)).limit(count).toList();
            dialling.make(dials);
            var first = (Connected) dials.getFirst().outcome();
            assertThat(first.roundTrip()).isLessThan(Slow.OPENING.multipliedBy(count / 2));
        }
    }

    /// Opens connections slowly, as a process that has just started does.
    private static final class Slow extends Forwarded {
        private static final Duration OPENING = Duration.ofMillis(10);

        @Override
        public SocketChannel tcp(Family family) throws IOException {
            LockSupport.parkNanos(OPENING.toNanos());
            return super.tcp(family);
        }
    }

    @Test
    void makes_no_dial_once_closed() throws IOException {
        var loop = AgentLoop.start(web);
        loop.close();
        var dial = echo(Protocol.TCP, free(Protocol.TCP), "shop/api", PATIENT);
        assertThatThrownBy(() -> loop.make(List.of(dial))).hasMessage("the loop of shop/web is closed");
    }

    @Test
    void gives_all_descriptors_back() throws IOException, InterruptedException {
        try (var loop = AgentLoop.start(web)) {
            loop.make(List.of(echo(Protocol.TCP, free(Protocol.TCP), "shop/api", PATIENT)));
        }
        long before = Loopback.openDescriptors();
        try (var serving = AgentLoop.start(api); var dialling = AgentLoop.start(agent("shop/db"))) {
            var address = serving(api, Protocol.TCP);
            var dials = new ArrayList<Dial>();
            for (int i = 0; i < 50; i++) dials.add(echo(Protocol.TCP, address, "shop/api", PATIENT));
            dialling.make(dials);
        }
        assertThat(Loopback.openDescriptors()).isEqualTo(before);
    }
}

package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.Sockets;
import dev.lockdown.probe.SourcePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two agents on loopback, and between them a relay by which the one sees another address than the other has.
@DisplayName("The ends of held connections in a pod")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AgentHoldsTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int HOLD = 3;
    private static final long INTERVAL = 2_000;

    private final Agent server = new Agent("shop/api", Sockets.ofThisProcess());
    private final AgentHolds near = holds(new Agent("shop/web", Sockets.ofThisProcess()));
    private final AgentHolds far = holds(server);
    private volatile boolean over;

    private static AgentHolds holds(Agent agent) {
        return new AgentHolds(agent, Sockets.ofThisProcess(), List.of(HERE), SourcePorts.ephemeral());
    }

    @AfterEach
    void close() {
        over = true;
        near.close();
        far.close();
        server.close();
    }

    private void background(Running work) {
        Thread.ofVirtual().start(() -> {
            while (!over)
                try {
                    work.once();
                    LockSupport.parkNanos(200_000);
                } catch (IOException e) {
                    return;
                }
        });
    }

    private interface Running {
        void once() throws IOException;
    }

    /// @return the port that is served
    private int serve(Protocol protocol) throws IOException {
        int port;
        try (var free = protocol == Protocol.TCP ? ServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0))
            : DatagramChannel.open().bind(new InetSocketAddress(HERE, 0))) {
            port = ((InetSocketAddress) free.getLocalAddress()).getPort();
        }
        server.serve(protocol, new InetSocketAddress(HERE, port));
        background(server::poke);
        return port;
    }

    /// @return the port by which the server is reached from another address than the caller's
    private int relay(Protocol protocol, int to) throws IOException {
        var target = new InetSocketAddress(HERE, to);
        if (protocol == Protocol.UDP) {
            var here = DatagramChannel.open().bind(new InetSocketAddress(HERE, 0));
            var there = DatagramChannel.open().connect(target);
            here.configureBlocking(false);
            there.configureBlocking(false);
            var caller = new InetSocketAddress[1];
            var bytes = ByteBuffer.allocate(1 << 14);
            background(() -> {
                if (here.receive(bytes.clear()) instanceof InetSocketAddress from) {
                    caller[0] = from;
                    there.write(bytes.flip());
                }
                if (there.read(bytes.clear()) > 0) here.send(bytes.flip(), caller[0]);
            });
            return ((InetSocketAddress) here.getLocalAddress()).getPort();
        }
        var listener = ServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0));
        Thread.ofVirtual().start(() -> {
            try {
                var caller = listener.accept();
                var onward = SocketChannel.open(target);
                caller.configureBlocking(false);
                onward.configureBlocking(false);
                var bytes = ByteBuffer.allocate(1 << 14);
                background(() -> {
                    pass(caller, onward, bytes);
                    pass(onward, caller, bytes);
                });
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    private static void pass(SocketChannel from, SocketChannel to, ByteBuffer bytes) throws IOException {
        int count = from.read(bytes.clear());
        if (count < 0) to.close();
        for (bytes.flip(); bytes.hasRemaining();) to.write(bytes);
    }

    private AgentResponse.Held open(Protocol protocol, int port) throws IOException {
        return (AgentResponse.Held) near.open(new AgentRequest.OpenHeld(1, HOLD, protocol, "127.0.0.1", port, INTERVAL));
    }

    private AgentResponse.Held seen() {
        return (AgentResponse.Held) near.seen(new AgentRequest.SeenHeld(2, HOLD));
    }

    private AgentResponse.Held take(Protocol protocol, int port, AgentResponse.Held peer) throws IOException {
        return (AgentResponse.Held) far
            .take(new AgentRequest.TakeHeld(3, HOLD, protocol, port, peer.address(), peer.port(), INTERVAL));
    }

    private static int heard(AgentHolds end) {
        var numbers = ((AgentResponse.Beats) end.beats(4, HOLD, false)).heard();
        int beats = 0;
        for (int i = 3; i < numbers.size(); i += 4) beats += numbers.get(i).intValue();
        return beats;
    }

    private void awaitBeatsBothWays() {
        int there = 0;
        int back = 0;
        while (there < 20 || back < 20) {
            back += heard(near);
            there += heard(far);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void are_found_by_the_address_that_the_server_sees(Protocol protocol) throws IOException {
        int port = serve(protocol);
        var opened = open(protocol, relay(protocol, port));
        assertThat(opened.isOpened()).isTrue();
        if (protocol == Protocol.TCP) assertThat(take(protocol, port, opened).isOpened()).isFalse();
        var seen = seen();
        assertThat(seen.isOpened()).isTrue();
        assertThat(seen.port()).isNotEqualTo(opened.port());
        assertThat(take(protocol, port, seen).isOpened()).isTrue();
        awaitBeatsBothWays();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void are_seen_by_their_own_address_where_nobody_translates_it(Protocol protocol) throws IOException {
        int port = serve(protocol);
        var opened = open(protocol, port);
        var seen = seen();
        assertThat(seen.address()).isEqualTo("127.0.0.1");
        assertThat(seen.port()).isEqualTo(opened.port());
        assertThat(take(protocol, port, seen).isOpened()).isTrue();
        awaitBeatsBothWays();
    }

    @Test
    void are_not_seen_by_who_does_not_answer() throws IOException {
        try (var deaf = DatagramChannel.open().bind(new InetSocketAddress(HERE, 0))) {
            open(Protocol.UDP, ((InetSocketAddress) deaf.getLocalAddress()).getPort());
            assertThat(seen().isOpened()).isFalse();
        }
    }

    @Test
    void cannot_be_asked_once_beats_have_begun_nor_where_there_are_none() throws IOException {
        int port = serve(Protocol.TCP);
        assertThatThrownBy(this::seen).hasMessage("this agent holds no connection 3");
        open(Protocol.TCP, port);
        near.beats(4, HOLD, false);
        assertThatThrownBy(this::seen).hasMessage("its beats have begun");
    }
}

package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.Seen;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An agent's watches")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AgentWatchesTest {
    private static final long SERIES = 7;

    private final Agent agent = new Agent("shop/web", Sockets.ofThisProcess());
    private final AgentWatches watches =
        new AgentWatches(agent, Sockets.ofThisProcess(), SourceRange.read("30000-64999"), new FirstDials(null));

    private static AgentRequest.Watch watch(long interval, DialRequest... flows) {
        return new AgentRequest.Watch(1, 3, interval, 200, List.of(flows), List.of(flows).stream().map(_ -> SERIES).toList(), false);
    }

    private static DialRequest echo(Protocol protocol, int port) {
        return new DialRequest(new ExchangeSpec.Echo(List.of("shop/web")), protocol, "127.0.0.1", port, 0);
    }

    private int served(Protocol protocol) throws IOException {
        try (var free = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int port = ((InetSocketAddress) free.getLocalAddress()).getPort();
            free.close();
            agent.serve(protocol, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        }
    }

    private List<Long> sampled(int wanted) {
        var numbers = new ArrayList<Long>();
        for (long count = 0; count < wanted;) {
            var taken = (AgentResponse.Sampled) watches.take(2, 3, false);
            for (var runs : taken.runs()) for (int i = 3; i < runs.numbers().size(); i += 5) count += runs.numbers().get(i);
            taken.runs().forEach(r -> numbers.addAll(r.numbers()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return numbers;
    }

    @Test
    void tell_what_was_seen_and_which_datagrams_arrived() throws IOException {
        assertThat(watches.arrivals(List.of(SERIES, 0L, 0L))).isEmpty();
        try (var _ = AgentLoop.start(agent)) {
            assertThat(watches.start(watch(2_000, echo(Protocol.UDP, served(Protocol.UDP)))).cannot()).isEmpty();
            var numbers = sampled(30);
            for (int i = 0; i < numbers.size(); i += 5)
                if (numbers.get(i) == Seen.OPEN.ordinal())
                    assertThat(watches.arrivals(List.of(SERIES, numbers.get(i + 4), numbers.get(i + 3))))
                        .containsExactly(SERIES, numbers.get(i + 4), numbers.get(i + 3));
            assertThat(watches.take(3, 3, true)).isInstanceOf(AgentResponse.Sampled.class);
        }
        assertThat(watches.arrivals(List.of(SERIES, 1_000_000L, 50L, SERIES + 1, 0L, 50L))).isEmpty();
    }

    @Test
    void begin_with_what_a_shell_dialled_before(@TempDir Path folder) throws IOException {
        int port = served(Protocol.TCP);
        long wall = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        Files.writeString(folder.resolve("dials"), """
            begin %d
            sent 1.1 %d 127.0.0.1/%d
            seen 1.1 %d rejected
            """.formatted(wall - 9_000, wall - 8_000, port, wall - 7_000));
        try (var _ = AgentLoop.start(agent);
                var first = new AgentWatches(agent, Sockets.ofThisProcess(), SourceRange.read("30000-64999"), new FirstDials(folder))) {
            first.start(new AgentRequest.Watch(1, 3, 2_000, 200, List.of(echo(Protocol.TCP, port)), List.of(0L), true));
            assertThat(Files.exists(folder.resolve("stop"))).as("the shell is told to stop").isTrue();
            var runs = ((AgentResponse.Sampled) first.take(2, 3, false)).runs().getFirst().numbers();
            assertThat(runs.getFirst()).isEqualTo(Seen.ABSENT.ordinal());
            assertThat(runs.get(5)).isEqualTo(Seen.REJECTED.ordinal());
            assertThat(runs.get(6) - runs.get(1)).isEqualTo(2_000);
            var next = ((AgentResponse.Sampled) first.take(3, 3, true)).runs().getFirst().numbers();
            for (int i = 0; i < next.size(); i += 5) assertThat(next.get(i)).as("handed over once").isNotEqualTo(Seen.ABSENT.ordinal());
        }
    }

    @Test
    void are_over_once_they_were_ended() throws IOException {
        watches.start(watch(2_000, echo(Protocol.TCP, served(Protocol.TCP))));
        watches.take(2, 3, true);
        assertThatIllegalArgumentException().isThrownBy(() -> watches.take(3, 3, false)).withMessage("this agent has no watch 3");
        agent.close();
    }

    @Test
    void are_refused_where_the_rate_cannot_be_kept() throws IOException {
        int port = served(Protocol.TCP);
        assertThat(watches.start(watch(1, echo(Protocol.TCP, port), echo(Protocol.TCP, port))).cannot())
            .matches(
                "shop/web cannot sample 2 flows every 0\\.001 ms: a sample takes it \\d+ µs, so that every \\d+\\.\\d ms is the most");
        assertThat(watches.start(watch(1_000, echo(Protocol.UDP, port))).cannot()).contains("it has 35000 ports");
        agent.close();
    }

    @Test
    void are_refused_where_a_port_would_come_again_too_soon() throws IOException {
        var few = new AgentWatches(agent, Sockets.ofThisProcess(), SourceRange.read("40000-40019"), new FirstDials(null));
        assertThat(few.start(watch(1_900_000, echo(Protocol.UDP, served(Protocol.UDP)))).cannot()).contains("it has 20 ports");
        assertThat(few.start(watch(2_100_000, echo(Protocol.UDP, served(Protocol.UDP)))).cannot()).isEmpty();
        few.close();
        agent.close();
    }
}

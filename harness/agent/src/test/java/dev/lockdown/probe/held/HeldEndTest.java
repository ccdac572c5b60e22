package dev.lockdown.probe.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An end of a held connection")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HeldEndTest {
    private static final Duration INTERVAL = Duration.ofMillis(2);
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private record Pair(ByteChannel opener, ByteChannel server, boolean datagrams) {}

    private static Pair pair(boolean datagrams) throws IOException {
        if (datagrams) {
            var one = DatagramChannel.open().bind(ANY);
            var other = DatagramChannel.open().bind(ANY);
            one.connect(other.getLocalAddress()).configureBlocking(false);
            other.connect(one.getLocalAddress()).configureBlocking(false);
            return new Pair(one, other, true);
        }
        try (var listener = ServerSocketChannel.open().bind(ANY)) {
            var one = SocketChannel.open(listener.getLocalAddress());
            var other = listener.accept();
            for (var end : List.of(one, other)) end.setOption(StandardSocketOptions.SO_LINGER, 0).configureBlocking(false);
            return new Pair(one, other, false);
        }
    }

    /// What was told until something is so.
    private static List<HeldEnd.Taken> until(HeldEnd end, Predicate<List<HeldEnd.Taken>> enough) {
        var all = new ArrayList<HeldEnd.Taken>();
        do {
            all.add(end.take());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        } while (!enough.test(all));
        return all;
    }

    private static int heard(List<HeldEnd.Taken> taken) {
        return taken.stream().flatMap(t -> t.heard().stream()).mapToInt(BeatRun::count).sum();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sends_and_hears_numbered_beats(boolean datagrams) throws IOException {
        var pair = pair(datagrams);
        try (var opener = new HeldEnd("opener", pair.opener, datagrams, INTERVAL, false);
                var server = new HeldEnd("server", pair.server, datagrams, INTERVAL, true)) {
            server.start();
            opener.start();
            var sent = until(opener, all -> heard(all) >= 50);
            var came = until(server, all -> heard(all) >= 50);
            long next = 1;
            for (var run : sent.stream().flatMap(t -> t.sent().stream()).toList()) {
                assertThat(run.first()).isEqualTo(next);
                assertThat(run.at(run.count() - 1)).isEqualTo(run.lastMicros());
                next += run.count();
            }
            assertThat(came.getFirst().heard().getFirst().first()).isEqualTo(1);
        }
    }

    @Test
    void says_nothing_before_it_was_spoken_to_where_it_answers() throws IOException {
        var pair = pair(true);
        try (var _ = new HeldEnd("opener", pair.opener, true, INTERVAL, false);
                var server = new HeldEnd("server", pair.server, true, INTERVAL, true)) {
            server.start();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            assertThat(server.take().sent()).isEmpty();
        }
    }

    @Test
    void is_over_and_refused_when_the_other_is_reset() throws IOException {
        var pair = pair(false);
        try (var opener = new HeldEnd("opener", pair.opener, false, INTERVAL, false)) {
            opener.start();
            until(opener, all -> all.stream().anyMatch(t -> !t.sent().isEmpty()));
            pair.server.close();
            var last = until(opener, all -> all.getLast().over());
            assertThat(last.stream().flatMap(t -> t.refused().stream())).hasSize(1);
        }
    }

    @Test
    void is_refused_and_goes_on_when_datagrams_are() throws IOException {
        var pair = pair(true);
        try (var opener = new HeldEnd("opener", pair.opener, true, INTERVAL, false)) {
            pair.server.close();
            opener.start();
            var all = until(opener, taken -> taken.stream().mapToInt(t -> t.refused().size()).sum() > 5);
            assertThat(all.getLast().over()).isFalse();
        }
    }

    @Test
    void is_over_without_a_refusal_when_it_is_closed_at_this_end() throws IOException {
        var pair = pair(false);
        try (var opener = new HeldEnd("opener", pair.opener, false, INTERVAL, false)) {
            opener.start();
            pair.opener.close();
            var last = until(opener, all -> all.getLast().over());
            assertThat(last.stream().flatMap(t -> t.refused().stream())).isEmpty();
        }
        pair.server.close();
    }

    @Test
    void costs_what_a_datagram_to_oneself_does() throws IOException {
        assertThat(BeatCost.measure()).isPositive().isLessThan(Duration.ofMillis(5));
    }
}

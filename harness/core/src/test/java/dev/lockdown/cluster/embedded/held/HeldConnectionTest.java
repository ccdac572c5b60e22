package dev.lockdown.cluster.embedded.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.EmbeddedCluster;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Way;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.InputException;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("A held connection")
class HeldConnectionTest {
    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final NamespacedName DENY = NamespacedName.parse("shop/deny");

    private record Came(Way way, Beat beat, long sent) {}

    private static final class Beats implements Hold.Sink {
        private final List<Came> came = new ArrayList<>();

        @Override
        public synchronized void beat(Way way, long sentMicros, Beat beat, long tookMicros) {
            came.add(new Came(way, beat, sentMicros));
        }

        @Override
        public void missed(long beats) {}

        synchronized int count(Way way, Beat beat) {
            return (int) came.stream().filter(c -> c.way() == way && c.beat() == beat).count();
        }

        /// Wait until so many more beats fared so.
        Beats await(Way way, Beat beat, int more) {
            int enough = count(way, beat) + more;
            HeldConnectionTest.await(() -> count(way, beat) >= enough, this);
            return this;
        }

        @Override
        public synchronized String toString() {
            return came.isEmpty() ? "no beats" : came.subList(Math.max(0, came.size() - 10), came.size()).toString();
        }
    }

    private static void await(BooleanSupplier good, Object seen) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!good.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", seen).isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static EmbeddedCluster cluster(EmbeddedBackend backend, Established established, Family family) {
        var cluster = backend.start(new Needs(2, List.of(family), established));
        cluster.apply(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())), new Change.StartPod(pod("web", "node-1")),
            new Change.StartPod(pod("api", "node-2"))));
        return cluster;
    }

    private static Pod pod(String name, String node) {
        return new Pod(new NamespacedName("shop", name), Map.of("app", name),
            List.of(new ContainerPort(Port.parse("TCP/8080"), ""), new ContainerPort(Port.parse("UDP/5353"), "")), node, false);
    }

    private static Flow flow(String port, Family family) {
        return new Flow(Endpoint.parse("shop/web"), Endpoint.parse("shop/api"), Port.parse(port), family);
    }

    private static Hold hold(String port) {
        return new Hold(flow(port, Family.IPV4), INTERVAL);
    }

    private static Change deny(Direction... directions) {
        return new Change.ApplyPolicy(new NetworkPolicy(DENY, new LabelSelector(Map.of("app", "api"), List.of()),
            EnumSet.copyOf(List.of(directions)), List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"TCP/8080, IPv4", "UDP/5353, IPv4", "TCP/8080, IPv6", "UDP/5353, IPv6"})
    void has_beats_both_ways_of_which_none_is_lost(String port, String family) {
        var of = family.equals("IPv4") ? Family.IPV4 : Family.IPV6;
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, Established.SURVIVES, of);
                var held = cluster.hold(new Hold(flow(port, of), INTERVAL), beats)) {
            assertThat(held.isOpened()).isTrue();
            beats.await(Way.THERE, Beat.ARRIVED, 100).await(Way.BACK, Beat.ARRIVED, 100);
            assertThat(beats.count(Way.THERE, Beat.LOST) + beats.count(Way.BACK, Beat.LOST)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP/8080", "UDP/5353"})
    void leaves_its_port_to_be_dialled_by_others(String port) {
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, Established.SURVIVES, Family.IPV4);
                var _ = cluster.hold(hold(port), beats)) {
            var seen = cluster.observe(List.of(Probe.Reach.of(flow(port, Family.IPV4))), Dialling.DEFAULT);
            assertThat(seen.getFirst().outcome()).isInstanceOf(Outcome.Connected.class);
            beats.await(Way.THERE, Beat.ARRIVED, 20).await(Way.BACK, Beat.ARRIVED, 20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP/8080", "UDP/5353"})
    void is_not_opened_where_it_is_denied(String port) {
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, Established.SURVIVES, Family.IPV4)) {
            cluster.apply(List.of(deny(Direction.INGRESS, Direction.EGRESS)));
            try (var _ = cluster.hold(hold(port), beats)) {
                if (port.startsWith("UDP")) beats.await(Way.THERE, Beat.LOST, 3);
            }
            assertThat(beats.count(Way.THERE, Beat.ARRIVED)).isZero();
        }
    }

    @Test
    void loses_one_datagram_where_one_is_dropped() {
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, Established.SILENT, Family.IPV4);
                var _ = cluster.hold(hold("UDP/5353"), beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 20);
            cluster.apply(List.of(deny(Direction.INGRESS)));
            beats.await(Way.THERE, Beat.LOST, 1);
            cluster.apply(List.of(new Change.DeletePolicy(DENY)));
            beats.await(Way.THERE, Beat.ARRIVED, 20);
            assertThat(beats.count(Way.BACK, Beat.LOST)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP/8080, SURVIVES, ARRIVED, ARRIVED", "UDP/5353, SURVIVES, ARRIVED, ARRIVED", "TCP/8080, SILENT, LOST, LOST",
        "UDP/5353, SILENT, LOST, ARRIVED", "UDP/5353, RESET, REFUSED, ARRIVED", "TCP/8080, FLUSHED, LOST, LOST",
        "UDP/5353, FLUSHED, ARRIVED, ARRIVED"})
    void fares_as_the_cluster_treats_what_stands(String port, Established established, Beat there, Beat back) {
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, established, Family.IPV4);
                var _ = cluster.hold(hold(port), beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 20).await(Way.BACK, Beat.ARRIVED, 20);
            cluster.apply(List.of(deny(Direction.INGRESS)));
            beats.await(Way.THERE, there, 50).await(Way.BACK, back, 50);
        }
    }

    @Test
    void is_told_when_the_server_goes() {
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, Established.SURVIVES, Family.IPV4);
                var _ = cluster.hold(hold("TCP/8080"), beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 20);
            cluster.apply(List.of(new Change.StopPod(NamespacedName.parse("shop/api"))));
            await(() -> beats.count(Way.THERE, Beat.REFUSED) == 1, beats);
        }
    }

    /// Over UDP one datagram may be refused before the pod's network is gone; then neither direction has a beat that arrives.
    @Test
    void is_over_both_ways_when_the_server_of_datagrams_goes() {
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, Established.SURVIVES, Family.IPV4);
                var _ = cluster.hold(hold("UDP/5353"), beats)) {
            beats.await(Way.BACK, Beat.ARRIVED, 20);
            cluster.apply(List.of(new Change.StopPod(NamespacedName.parse("shop/api"))));
            beats.await(Way.THERE, Beat.LOST, 50).await(Way.BACK, Beat.LOST, 50);
        }
    }

    @Test
    void outlives_what_connection_tracking_is_made_to_forget() {
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, Established.SURVIVES, Family.IPV4);
                var _ = cluster.hold(hold("TCP/8080"), beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 20);
            cluster.forgetConnections();
            beats.await(Way.THERE, Beat.ARRIVED, 300);
            assertThat(beats.count(Way.THERE, Beat.LOST)).isZero();
        }
    }

    @Test
    void refuses_a_rate_that_the_machine_cannot_keep_and_says_which_it_can() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var cluster = cluster(backend, Established.SURVIVES, Family.IPV4)) {
            var often = new Hold(flow("TCP/8080", Family.IPV4), Duration.ofNanos(1_000));
            assertThatThrownBy(() -> cluster.hold(often, new Beats())).isInstanceOf(InputException.class).hasMessageMatching(
                "shop/web to shop/api on TCP/8080 cannot have a beat every 0\\.001 ms: this machine needs .* ms for one each way; "
                    + "have one every .* ms");
        }
    }

    @Test
    void is_nothing_to_another_cluster_that_forgets_its_own() {
        var beats = new Beats();
        try (var backend = EmbeddedBackend.sound(InstantSource.system());
                var one = cluster(backend, Established.FLUSHED, Family.IPV4);
                var other = cluster(backend, Established.FLUSHED, Family.IPV4);
                var _ = one.hold(hold("TCP/8080"), beats);
                var _ = other.hold(hold("TCP/8080"), new Beats())) {
            beats.await(Way.THERE, Beat.ARRIVED, 20);
            other.apply(List.of(deny(Direction.INGRESS)));
            beats.await(Way.THERE, Beat.ARRIVED, 300);
            assertThat(beats.count(Way.THERE, Beat.LOST)).isZero();
        }
    }
}

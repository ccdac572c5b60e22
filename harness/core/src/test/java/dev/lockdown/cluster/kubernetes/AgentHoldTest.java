package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Way;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("A connection that agents hold")
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class AgentHoldTest {
    private static final Duration INTERVAL = Duration.ofMillis(5);
    private static final Change DENY = new Change.ApplyPolicy(new NetworkPolicy(NamespacedName.parse("shop/deny"),
        new LabelSelector(Map.of("app", "api"), List.of()), EnumSet.of(Direction.INGRESS), List.of(), List.of()));

    @TempDir
    Path folder;

    private StubApi stub;
    private KubernetesBackend backend;
    private KubernetesCluster cluster;

    private void start(Established established) {
        stub = StubApi.treating(folder, ShopFixture.RIGHTS, established);
        backend = ShopFixture.join(stub, folder);
        cluster = (KubernetesCluster) backend.start(Needs.DEFAULT);
        cluster.apply(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())), new Change.StartPod(pod("web", "node-2")),
            new Change.StartPod(pod("api", "node-1"))));
    }

    @AfterEach
    void nothing_is_left() {
        try (var ended = stub) {
            try (var _ = backend; var _ = cluster) {
                // Closed in the order from last to first.
            }
            assertThat(ended.leftovers()).isEmpty();
        }
    }

    private static Pod pod(String name, String node) {
        return new Pod(new NamespacedName("shop", name), Map.of("app", name),
            List.of(ContainerPort.unnamed(Port.parse("TCP/8080")), ContainerPort.unnamed(Port.parse("UDP/5353"))), node, false);
    }

    private static Hold hold(String port) {
        return new Hold(Flow.of(Endpoint.Pod.of("shop", "web"), Endpoint.Pod.of("shop", "api"), Port.parse(port)), INTERVAL);
    }

    private static final class Beats implements Hold.Sink {
        private record Came(Way way, Beat beat, long sent) {}

        private final List<Came> came = new ArrayList<>();

        @Override
        public synchronized void beat(Way way, long sentMicros, Beat beat, long tookMicros) {
            came.add(new Came(way, beat, sentMicros));
        }

        @Override
        public void missed(long beats) {
            assertThat(beats).isPositive();
        }

        synchronized int count(Way way, Beat beat) {
            return (int) came.stream().filter(c -> c.way() == way && c.beat() == beat).count();
        }

        synchronized boolean isInOrder(Way way) {
            var sent = came.stream().filter(c -> c.way() == way).map(Came::sent).toList();
            return sent.stream().sorted().toList().equals(sent);
        }

        synchronized long apartMicros(Way way) {
            var sent = came.stream().filter(c -> c.way() == way).map(Came::sent).toList();
            return (sent.getLast() - sent.getFirst()) / (sent.size() - 1);
        }

        /// Wait until so many more beats fared so.
        Beats await(Way way, Beat beat, int more) {
            int enough = count(way, beat) + more;
            AgentHoldTest.await(() -> count(way, beat) >= enough, this);
            return this;
        }

        @Override
        public synchronized String toString() {
            return came.isEmpty() ? "no beats" : came.subList(Math.max(0, came.size() - 20), came.size()).toString();
        }
    }

    private static void await(BooleanSupplier good, Object seen) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!good.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", seen).isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP/8080, SURVIVES, ARRIVED, ARRIVED", "UDP/5353, SURVIVES, ARRIVED, ARRIVED", "TCP/8080, SILENT, LOST, LOST",
        "UDP/5353, SILENT, LOST, ARRIVED", "UDP/5353, RESET, REFUSED, ARRIVED"})
    void fares_as_the_cluster_treats_what_stands(String port, Established established, Beat there, Beat back) {
        start(established);
        var beats = new Beats();
        try (var held = cluster.hold(hold(port), beats)) {
            assertThat(held.isOpened()).isTrue();
            beats.await(Way.THERE, Beat.ARRIVED, 40).await(Way.BACK, Beat.ARRIVED, 40);
            cluster.apply(List.of(DENY));
            beats.await(Way.THERE, there, 50).await(Way.BACK, back, 50);
        }
        assertThat(beats.isInOrder(Way.THERE) && beats.isInOrder(Way.BACK)).isTrue();
        assertThat(beats.count(Way.THERE, Beat.UNKNOWN)).isZero();
    }

    /// Else an agent has no time for anything besides, and all beats go through the API server.
    @ParameterizedTest
    @ValueSource(strings = {"TCP/8080", "UDP/5353"})
    void goes_back_to_back_only_as_fast_as_leaves_its_agents_time(String port) {
        start(Established.SURVIVES);
        var beats = new Beats();
        var backToBack = new Hold(hold(port).flow(), Duration.ZERO);
        try (var _ = cluster.hold(backToBack, beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 400).await(Way.BACK, Beat.ARRIVED, 400);
        }
        assertThat(beats.apartMicros(Way.THERE)).isGreaterThanOrEqualTo(400);
        assertThat(beats.apartMicros(Way.BACK)).isGreaterThanOrEqualTo(400);
    }

    @Test
    void is_reset_where_the_cluster_resets_it() {
        start(Established.RESET);
        var beats = new Beats();
        try (var _ = cluster.hold(hold("TCP/8080"), beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 40);
            cluster.apply(List.of(DENY));
            await(() -> beats.count(Way.THERE, Beat.REFUSED) + beats.count(Way.BACK, Beat.REFUSED) > 0, beats);
        }
    }

    /// A process that dies has its connections reset, and that is no fate of theirs.
    @ParameterizedTest
    @CsvSource({"api, TCP/8080", "web, TCP/8080", "api, UDP/5353"})
    void is_not_known_any_more_when_an_agent_at_its_end_dies(String name, String port) {
        start(Established.SURVIVES);
        var beats = new Beats();
        try (var _ = cluster.hold(hold(port), beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 40);
            stub.restartAgent("shop", name);
            beats.await(Way.THERE, Beat.UNKNOWN, 5).await(Way.BACK, Beat.UNKNOWN, 5);
        }
        for (var way : Way.values()) assertThat(beats.count(way, Beat.REFUSED)).as("%s", beats).isZero();
    }

    @Test
    void is_told_when_the_pod_of_its_server_is_stopped() {
        start(Established.SURVIVES);
        var beats = new Beats();
        try (var _ = cluster.hold(hold("TCP/8080"), beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 40);
            cluster.apply(List.of(new Change.StopPod(NamespacedName.parse("shop/api"))));
            await(() -> beats.count(Way.THERE, Beat.REFUSED) + beats.count(Way.THERE, Beat.LOST) > 0, beats);
        }
    }

    @Test
    void goes_on_while_the_way_to_the_agents_is_cut() {
        start(Established.SURVIVES);
        var beats = new Beats();
        try (var _ = cluster.hold(hold("TCP/8080"), beats)) {
            beats.await(Way.THERE, Beat.ARRIVED, 40);
            stub.cutAttachments("shop", "web");
            stub.cutAttachments("shop", "api");
            beats.await(Way.THERE, Beat.ARRIVED, 200).await(Way.BACK, Beat.ARRIVED, 200);
        }
        for (var beat : List.of(Beat.LOST, Beat.REFUSED, Beat.UNKNOWN)) assertThat(beats.count(Way.THERE, beat)).as("%s", beat).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP/8080", "UDP/5353"})
    void is_not_opened_where_it_is_denied(String port) {
        start(Established.SURVIVES);
        cluster.apply(List.of(DENY));
        var beats = new Beats();
        try (var held = cluster.hold(hold(port), beats)) {
            if (port.startsWith("UDP")) beats.await(Way.THERE, Beat.LOST, 3);
            else assertThat(held.isOpened()).isFalse();
        }
        assertThat(beats.count(Way.THERE, Beat.ARRIVED)).isZero();
    }

    @Test
    void is_refused_where_the_agent_cannot_keep_the_rate() {
        start(Established.SURVIVES);
        var often = new Hold(hold("TCP/8080").flow(), Duration.ofNanos(1_000));
        assertThatThrownBy(() -> cluster.hold(often, new Beats())).isInstanceOf(UnsupportedException.class).hasMessageMatching(
            "shop/web cannot send beats every 0\\.001 ms on 1 connection: a beat takes it \\d+ µs, so that every .* ms is the most");
    }
}

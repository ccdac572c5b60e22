package dev.lockdown.cluster.embedded.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.Strip;
import dev.lockdown.chaos.Window;
import dev.lockdown.chaos.Windows;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.EmbeddedCluster;
import dev.lockdown.cluster.embedded.Hole;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("A watched flow")
class FlowWatcherTest {
    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final NamespacedName DENY = NamespacedName.parse("shop/deny");

    /// What is seen of each flow, from the same beginning.
    private static final class Seeing implements Watch.Sink {
        private final List<Strip> strips = new ArrayList<>();
        private long missed;

        Seeing(int flows) {
            for (int i = 0; i < flows; i++) strips.add(new Strip());
        }

        @Override
        public synchronized void sample(int flow, long sentMicros, Seen seen) {
            strips.get(flow).add(sentMicros, seen);
        }

        @Override
        public synchronized void missed(long ticks) {
            missed += ticks;
        }

        synchronized List<SampleRun> runs(int flow) {
            return strips.get(flow).runs();
        }

        /// Wait until so many samples of a kind have been seen of the first flow.
        void await(Seen seen, int count) {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (runs(0).stream().filter(r -> r.seen() == seen).mapToInt(SampleRun::count).sum() < count) {
                assertThat(System.nanoTime()).as("%s", runs(0)).isLessThan(until);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private static EmbeddedCluster cluster(EmbeddedBackend backend, Family family) {
        var cluster = backend.start(new Needs(2, List.of(family)));
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

    private static Change deny() {
        return new Change.ApplyPolicy(new NetworkPolicy(DENY, new LabelSelector(Map.of("app", "api"), List.of()),
            EnumSet.of(Direction.INGRESS), List.of(), List.of()));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void turns_with_the_policy_and_back(Family family) {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend, family)) {
            var seeing = new Seeing(2);
            try (var _ = cluster.watch(new Watch(List.of(flow("TCP/8080", family), flow("UDP/5353", family)), INTERVAL), seeing)) {
                seeing.await(Seen.OPEN, 20);
                cluster.apply(List.of(deny()));
                seeing.await(Seen.SILENT, 20);
                cluster.apply(List.of(new Change.DeletePolicy(DENY)));
                seeing.await(Seen.OPEN, 60);
            }
            for (int i = 0; i < 2; i++)
                assertThat(turns(seeing.runs(i))).containsExactly(Seen.OPEN, Seen.SILENT, Seen.OPEN);
        }
    }

    private static WatchedFlow name(String name, Family family) {
        return new WatchedFlow.Lookup(
            new Flow(Endpoint.parse("shop/web"), Endpoint.parse("service:kube-system/kube-dns"), Port.parse("UDP/53"), family), name);
    }

    private static Change denyEgress() {
        return new Change.ApplyPolicy(new NetworkPolicy(DENY, new LabelSelector(Map.of("app", "web"), List.of()),
            EnumSet.of(Direction.EGRESS), List.of(), List.of()));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void is_asked_for_a_page_and_for_a_name(Family family) {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend, family)) {
            var seeing = new Seeing(3);
            List<WatchedFlow> flows = List.of(new WatchedFlow.Http(flow("TCP/8080", family)),
                name("kubernetes.default.svc.cluster.local", family), name("nobody.shop.svc.cluster.local", family));
            try (var _ = cluster.watch(new Watch(flows, INTERVAL), seeing)) {
                seeing.await(Seen.OPEN, 20);
                cluster.apply(List.of(denyEgress()));
                seeing.await(Seen.SILENT, 20);
                cluster.apply(List.of(new Change.DeletePolicy(DENY)));
                seeing.await(Seen.OPEN, 60);
            }
            for (int i = 0; i < 2; i++)
                assertThat(turns(seeing.runs(i))).containsExactly(Seen.OPEN, Seen.SILENT, Seen.OPEN);
            assertThat(turns(seeing.runs(2))).containsExactly(Seen.UNRESOLVED, Seen.SILENT, Seen.UNRESOLVED);
        }
    }

    @Test
    void is_not_open_over_http_where_a_connection_opens_and_nobody_answers() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend, Family.IPV4)) {
            var seeing = new Seeing(1);
            var dns =
                new Flow(Endpoint.parse("shop/web"), Endpoint.parse("service:kube-system/kube-dns"), Port.parse("TCP/53"), Family.IPV4);
            try (var _ = cluster.watch(new Watch(List.of(new WatchedFlow.Http(dns)), INTERVAL), seeing)) {
                seeing.await(Seen.SILENT, 20);
            }
            assertThat(turns(seeing.runs(0))).containsExactly(Seen.SILENT);
        }
    }

    /// What was seen one after another, without the samples that a busy machine was too slow for.
    private static List<Seen> turns(List<SampleRun> runs) {
        var turns = new ArrayList<Seen>();
        for (var run : runs)
            if (run.seen() != Seen.UNKNOWN && (turns.isEmpty() || turns.getLast() != run.seen())) turns.add(run.seen());
        return turns;
    }

    @Test
    void is_rejected_where_the_data_plane_says_no() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()).rejecting(); var cluster = cluster(backend, Family.IPV4)) {
            var seeing = new Seeing(2);
            try (var _ = cluster.watch(
                new Watch(List.of(flow("TCP/8080", Family.IPV4), flow("UDP/5353", Family.IPV4)), INTERVAL), seeing)) {
                seeing.await(Seen.OPEN, 20);
                cluster.apply(List.of(deny()));
                seeing.await(Seen.REJECTED, 20);
            }
            assertThat(seeing.runs(1)).extracting(SampleRun::seen).contains(Seen.OPEN, Seen.REJECTED);
        }
    }

    @Test
    void goes_on_with_a_pod_that_was_made_anew() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend, Family.IPV4)) {
            var seeing = new Seeing(1);
            try (var _ = cluster.watch(new Watch(List.of(flow("TCP/8080", Family.IPV4)), INTERVAL), seeing)) {
                seeing.await(Seen.OPEN, 20);
                cluster.apply(List.of(new Change.StopPod(NamespacedName.parse("shop/web"))));
                seeing.await(Seen.ABSENT, 20);
                cluster
                    .apply(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())), new Change.StartPod(pod("web", "node-1"))));
                seeing.await(Seen.OPEN, 60);
            }
            assertThat(seeing.runs(0).getLast().seen()).isEqualTo(Seen.OPEN);
        }
    }

    /// Connection tracking would let through what it remembers under the ports of the pod that was there before, or of another watch.
    @Test
    void stays_shut_behind_a_pod_that_was_made_anew_and_for_a_second_watch() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend, Family.IPV4)) {
            var first = new Seeing(1);
            var second = new Seeing(1);
            var flows = List.<WatchedFlow>of(flow("UDP/5353", Family.IPV4));
            try (var _ = cluster.watch(new Watch(flows, INTERVAL), first)) {
                first.await(Seen.OPEN, 20);
                cluster.apply(List.of(deny()));
                first.await(Seen.SILENT, 20);
                int open = count(first, Seen.OPEN);
                cluster.apply(List.of(new Change.StopPod(NamespacedName.parse("shop/web"))));
                first.await(Seen.ABSENT, 5);
                cluster.apply(List.of(new Change.StartPod(pod("web", "node-1"))));
                first.await(Seen.SILENT, count(first, Seen.SILENT) + 300);
                assertThat(count(first, Seen.OPEN)).isEqualTo(open);
                try (var _ = cluster.watch(new Watch(flows, INTERVAL), second)) {
                    second.await(Seen.SILENT, 20);
                }
                assertThat(count(second, Seen.OPEN)).isZero();
            }
        }
    }

    private static int count(Seeing seeing, Seen seen) {
        return seeing.runs(0).stream().filter(r -> r.seen() == seen).mapToInt(SampleRun::count).sum();
    }

    @Test
    void refuses_a_rate_that_the_machine_cannot_keep_and_says_which_it_can() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend, Family.IPV4)) {
            var flow = flow("TCP/8080", Family.IPV4);
            assertThatThrownBy(() -> cluster.watch(new Watch(Collections.nCopies(200, flow), Duration.ofNanos(100_000)), new Seeing(200)))
                .isInstanceOf(InputException.class)
                .hasMessageMatching("200 flows cannot be watched every 0\\.1 ms: this machine needs .* ms for one sample of each; "
                    + "watch them every .* ms, or fewer of them");
        }
    }

    /// The positive control of the method: what is known to have been open so long is found to have been.
    @ParameterizedTest
    @ValueSource(ints = {500, 50, 5})
    void recovers_a_hole_of_known_length(int millis) {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend, Family.IPV4)) {
            cluster.apply(List.of(deny()));
            var seeing = new Seeing(1);
            Hole hole;
            Instant began;
            try (var ongoing = cluster.watch(new Watch(List.of(flow("TCP/8080", Family.IPV4)), INTERVAL), seeing)) {
                began = ongoing.began();
                seeing.await(Seen.SILENT, 20);
                hole = cluster.hole(Duration.ofMillis(millis));
                seeing.await(Seen.SILENT, 60);
            }
            long opened = ChronoUnit.MICROS.between(began, hole.opened());
            long shutting = ChronoUnit.MICROS.between(began, hole.shutting());
            var window = Windows.stretches(seeing.runs(0), false);
            assertThat(window).singleElement().satisfies(w -> {
                assertThat(w.kind()).isEqualTo(Window.Kind.LEAK);
                // The hole was open for sure in between; how long it was opening and shutting is not known.
                assertThat(w.mostMicros()).isGreaterThanOrEqualTo(shutting - opened - INTERVAL.toNanos() / 1000);
                // On a busy machine it may have been seen later, as its error says.
                assertThat(w.beganMicros() - w.error().toNanos() / 1000).isLessThanOrEqualTo(opened + 2 * INTERVAL.toNanos() / 1000);
            });
        }
    }
}

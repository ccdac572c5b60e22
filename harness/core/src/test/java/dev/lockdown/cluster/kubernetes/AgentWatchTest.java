package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.Strip;
import dev.lockdown.chaos.Windows;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.embedded.Hole;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("Flows that agents watch")
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class AgentWatchTest {
    private static final Duration INTERVAL = Duration.ofMillis(5);
    private static final NamespacedName DENY = NamespacedName.parse("shop/deny");

    private static final Change DENY_EGRESS = new Change.ApplyPolicy(new NetworkPolicy(DENY,
        new LabelSelector(Map.of("app", "web"), List.of()), EnumSet.of(Direction.EGRESS), List.of(), List.of()));

    @TempDir
    Path folder;

    private StubApi stub;
    private KubernetesBackend backend;
    private KubernetesCluster cluster;

    @BeforeEach
    void start() {
        stub = StubApi.start(folder, ShopFixture.RIGHTS);
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

    private static Flow flow(String port) {
        return Flow.of(Endpoint.Pod.of("shop", "web"), Endpoint.Pod.of("shop", "api"), Port.parse(port));
    }

    /// What is seen of each flow.
    private static final class Seeing implements Watch.Sink {
        private final List<Strip> strips = new ArrayList<>();
        private long last;

        Seeing(int flows) {
            for (int i = 0; i < flows; i++) strips.add(new Strip());
        }

        @Override
        public synchronized void sample(int flow, long sentMicros, Seen seen) {
            if (flow == 0) {
                assertThat(sentMicros).as("in the order in which they were sent").isGreaterThanOrEqualTo(last);
                last = sentMicros;
            }
            strips.get(flow).add(sentMicros, seen);
        }

        @Override
        public void missed(long ticks) {
            assertThat(ticks).isPositive();
        }

        synchronized List<SampleRun> runs(int flow) {
            return strips.get(flow).runs();
        }

        private int count(int flow, Seen seen) {
            return runs(flow).stream().filter(r -> r.seen() == seen).mapToInt(SampleRun::count).sum();
        }

        /// Wait until so many more samples of a kind have been seen of each flow.
        void await(Seen seen, int more) {
            for (int flow = 0; flow < strips.size(); flow++) awaitOf(flow, seen, more);
        }

        void awaitOf(int flow, Seen seen, int more) {
            int wanted = count(flow, seen) + more;
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (count(flow, seen) < wanted) {
                assertThat(System.nanoTime()).as("%s of %s", seen, runs(flow)).isLessThan(until);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }

        /// What was seen one after another, without the samples that a busy machine was too slow for.
        private List<Seen> turns(int flow) {
            var turns = new ArrayList<Seen>();
            for (var run : runs(flow))
                if (run.seen().isKnown() && (turns.isEmpty() || turns.getLast() != run.seen())) turns.add(run.seen());
            return turns;
        }
    }

    private Watch.Ongoing watch(Seeing seeing, String... ports) {
        return cluster.watch(new Watch(List.of(ports).stream().<WatchedFlow>map(AgentWatchTest::flow).toList(), INTERVAL), seeing);
    }

    @Test
    void turn_with_the_policy_and_back() {
        var seeing = new Seeing(2);
        try (var ongoing = watch(seeing, "TCP/8080", "UDP/5353")) {
            seeing.await(Seen.OPEN, 20);
            cluster.apply(List.of(ShopFixture.DENY));
            seeing.await(Seen.SILENT, 20);
            cluster.apply(List.of(new Change.DeletePolicy(DENY)));
            seeing.await(Seen.OPEN, 20);
            assertThat(ongoing.error()).isPositive().isLessThan(Duration.ofSeconds(1));
        }
        for (int flow = 0; flow < 2; flow++) assertThat(seeing.turns(flow)).containsExactly(Seen.OPEN, Seen.SILENT, Seen.OPEN);
    }

    @Test
    void are_asked_for_a_page_and_for_a_name() {
        var dns = Flow.of(Endpoint.Pod.of("shop", "web"), Endpoint.parse("service:kube-system/kube-dns"), Port.parse("UDP/53"));
        var flows = List.<WatchedFlow>of(new WatchedFlow.Http(flow("TCP/8080")),
            new WatchedFlow.Lookup(dns, "kubernetes.default.svc.cluster.local"),
            new WatchedFlow.Lookup(dns, "nobody.shop.svc.cluster.local"));
        var seeing = new Seeing(3);
        try (var _ = cluster.watch(new Watch(flows, INTERVAL), seeing)) {
            seeing.awaitOf(0, Seen.OPEN, 20);
            seeing.awaitOf(1, Seen.OPEN, 20);
            seeing.awaitOf(2, Seen.UNRESOLVED, 20);
            cluster.apply(List.of(DENY_EGRESS));
            seeing.await(Seen.SILENT, 20);
            cluster.apply(List.of(new Change.DeletePolicy(DENY)));
            seeing.awaitOf(0, Seen.OPEN, 20);
            seeing.awaitOf(1, Seen.OPEN, 20);
            seeing.awaitOf(2, Seen.UNRESOLVED, 20);
        }
        for (int flow = 0; flow < 2; flow++) assertThat(seeing.turns(flow)).containsExactly(Seen.OPEN, Seen.SILENT, Seen.OPEN);
        assertThat(seeing.runs(2)).extracting(SampleRun::seen).contains(Seen.UNRESOLVED, Seen.SILENT)
            .isSubsetOf(Seen.UNRESOLVED, Seen.SILENT, Seen.UNKNOWN);
    }

    /// The positive control of the method: what is known to have been open so long is found to have been, by another clock.
    @ParameterizedTest
    @ValueSource(ints = {500, 50})
    void show_a_hole_of_known_length(int millis) {
        cluster.apply(List.of(ShopFixture.DENY));
        var seeing = new Seeing(1);
        Hole hole;
        Instant began;
        Instant before;
        Instant after;
        Duration error;
        try (var ongoing = watch(seeing, "TCP/8080")) {
            began = ongoing.began();
            seeing.await(Seen.SILENT, 20);
            before = Instant.now();
            hole = stub.network().hole(Duration.ofMillis(millis));
            after = Instant.now();
            seeing.await(Seen.SILENT, 60);
            error = ongoing.error();
        }
        long slack = INTERVAL.plus(error).toNanos() / 1000;
        long opened = ChronoUnit.MICROS.between(began, hole.opened());
        long shutting = ChronoUnit.MICROS.between(began, hole.shutting());
        assertThat(Windows.stretches(seeing.runs(0), false)).singleElement().satisfies(window -> {
            assertThat(window.mostMicros()).isGreaterThanOrEqualTo(shutting - opened - slack);
            assertThat(window.leastMicros()).isLessThanOrEqualTo(ChronoUnit.MICROS.between(before, after) + slack);
            assertThat(window.beganMicros()).isBetween(ChronoUnit.MICROS.between(began, before) - slack,
                opened + window.mostMicros() - window.leastMicros() + slack);
        });
    }

    @Test
    void are_never_shut_by_an_agent_that_restarts() {
        var seeing = new Seeing(2);
        try (var _ = watch(seeing, "TCP/8080", "UDP/5353")) {
            seeing.await(Seen.OPEN, 20);
            stub.restartAgent("shop", "api");
            seeing.await(Seen.OPEN, 100);
            stub.restartAgent("shop", "web");
            seeing.await(Seen.OPEN, 100);
        }
        for (int flow = 0; flow < 2; flow++)
            assertThat(seeing.runs(flow)).extracting(SampleRun::seen).containsOnly(Seen.OPEN, Seen.UNKNOWN);
    }

    @Test
    void are_never_shut_by_a_pod_that_is_gone_and_go_on_with_the_next() {
        var seeing = new Seeing(2);
        try (var _ = watch(seeing, "TCP/8080", "UDP/5353")) {
            for (var name : List.of("api", "web")) {
                seeing.await(Seen.OPEN, 20);
                cluster.apply(List.of(new Change.StopPod(new NamespacedName("shop", name))));
                seeing.await(Seen.ABSENT, 5);
                cluster.apply(List.of(new Change.StartPod(pod(name, "node-1"))));
                seeing.await(Seen.OPEN, 20);
            }
        }
        for (int flow = 0; flow < 2; flow++)
            assertThat(seeing.runs(flow)).extracting(SampleRun::seen).containsOnly(Seen.OPEN, Seen.UNKNOWN, Seen.ABSENT);
    }

    /// A Java process cannot dial in its first second, and the pod of this test is there as soon as its thread is.
    @Test
    void are_dialled_by_a_shell_from_the_first_instruction_of_their_pod() {
        cluster.apply(List.of(new Change.StopPod(new NamespacedName("shop", "web"))));
        cluster.apply(List.of(DENY_EGRESS));
        var seeing = new Seeing(1);
        try (var _ = watch(seeing, "TCP/8080")) {
            seeing.await(Seen.ABSENT, 5);
            cluster.apply(List.of(new Change.StartPod(pod("web", "node-1"))));
            seeing.await(Seen.SILENT, 20);
            cluster.apply(List.of(new Change.DeletePolicy(DENY)));
            seeing.await(Seen.OPEN, 20);
        }
        assertThat(seeing.turns(0)).containsExactly(Seen.SILENT, Seen.OPEN);
        var runs = seeing.runs(0);
        var absent = runs.stream().filter(r -> r.seen() == Seen.ABSENT).toList().getLast();
        var next = runs.get(runs.indexOf(absent) + 1);
        assertThat(next.seen()).as("%s", runs).isEqualTo(Seen.SILENT);
        assertThat(next.firstMicros() - absent.lastMicros()).as("from the first instruction to the first dial: %s", runs)
            .isLessThan(500_000);
    }

    @Test
    void lose_nothing_while_the_way_to_the_agents_is_cut() {
        var seeing = new Seeing(1);
        try (var _ = watch(seeing, "TCP/8080")) {
            seeing.await(Seen.OPEN, 20);
            stub.leave();
            stub.cutAttachments("shop", "web");
            stub.cutAttachments("shop", "api");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            stub.comeBack();
            seeing.await(Seen.OPEN, 100);
        }
        assertThat(seeing.runs(0)).extracting(SampleRun::seen).doesNotContain(Seen.SILENT, Seen.REJECTED);
        assertThat(seeing.count(0, Seen.UNKNOWN)).isLessThan(seeing.count(0, Seen.OPEN) / 2);
    }

    @Test
    void are_refused_where_the_agent_cannot_keep_the_rate() {
        var often = new Watch(List.of(flow("TCP/8080")), Duration.ofNanos(2_000));
        assertThatThrownBy(() -> cluster.watch(often, new Seeing(1))).isInstanceOf(UnsupportedException.class)
            .hasMessageMatching(
                "shop/web cannot sample 1 flow every 0\\.002 ms: a sample takes it \\d+ µs, so that every .* ms is the most");
    }

    @Test
    void are_refused_where_ports_would_come_again_too_soon() {
        var often = new Watch(List.of(flow("UDP/5353")), Duration.ofMillis(1));
        assertThatThrownBy(() -> cluster.watch(often, new Seeing(1))).isInstanceOf(UnsupportedException.class)
            .hasMessageContaining("it has 35000 ports, and none may come again within 40 s, so that every 1.2 ms is the most");
    }
}

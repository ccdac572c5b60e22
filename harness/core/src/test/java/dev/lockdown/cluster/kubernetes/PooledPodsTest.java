package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A pod that an earlier scenario left")
class PooledPodsTest {
    private static final String OURS = "lockdown.dev/run";

    @TempDir
    Path folder;

    private StubApi stub;
    private KubernetesBackend backend;

    @BeforeEach
    void start() {
        stub = StubApi.start(folder, ShopFixture.RIGHTS);
        backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG);
    }

    @AfterEach
    void nothing_is_left() {
        backend.close();
        try (var ended = stub) {
            assertThat(ended.leftovers()).isEmpty();
        }
    }

    private static Pod pod(String name, String node, ContainerPort... ports) {
        return new Pod(new NamespacedName("shop", name), Map.of("app", name), List.of(ports), node, false);
    }

    private static ContainerPort serves(String port) {
        return ContainerPort.unnamed(Port.parse(port));
    }

    private Cluster begin(Pod... pods) {
        var cast = new ArrayList<Change>(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of()))));
        Stream.of(pods).map(Change.StartPod::new).forEach(cast::add);
        var cluster = backend.start(Needs.DEFAULT);
        cluster.apply(cast);
        return cluster;
    }

    private void play(Pod... pods) {
        begin(pods).close();
    }

    private List<String> created() {
        return stub.calls().stream().filter(c -> c.right().equals("create pods") && c.namespace().equals("shop"))
            .map(c -> c.body().at("/metadata/name").asText()).toList();
    }

    private Map<String, String> labels(String object) {
        return Objects.requireNonNull(stub.network().state().pods().get(new NamespacedName("shop", object))).labels();
    }

    private static Outcome dial(Cluster cluster, String from, String to, String port) {
        var flow = Flow.of(Endpoint.Pod.of("shop", from), Endpoint.Pod.of("shop", to), Port.parse(port));
        return cluster.observe(List.of(Probe.Reach.of(flow)), Dialling.DEFAULT).getFirst().outcome();
    }

    private static String answerer(Cluster cluster, String from, String to, String port) {
        return dial(cluster, from, to, port) instanceof Outcome.Connected(_, var by, _) ? by : "nobody";
    }

    @Test
    void is_taken_for_another_of_its_shape_under_its_labels_and_on_its_ports() {
        play(pod("a", "node-1", serves("TCP/8080")), pod("b", "node-2", serves("TCP/8080")), pod("c", "node-2", serves("TCP/8080")));
        try (var cluster = begin(pod("d", "node-1", serves("TCP/9090"), serves("UDP/53")), pod("b", "", serves("TCP/9090")))) {
            assertThat(created()).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(Stream.of("TCP/9090", "UDP/53").map(port -> answerer(cluster, "b", "d", port))).containsOnly("shop/d");
            assertThat(answerer(cluster, "d", "b", "TCP/9090")).isEqualTo("shop/b");
            assertThat(dial(cluster, "b", "d", "TCP/8080")).isInstanceOf(Outcome.Refused.class);
            assertThat(labels("a")).containsOnlyKeys("app", OURS).containsEntry("app", "d");
            assertThat(cluster.state().pods().get(new NamespacedName("shop", "b")).node()).isEqualTo("node-2");
            assertThat(
                cluster.evidence(java.time.Duration.ZERO).stream().filter(f -> f.name().equals("pods.json")).findFirst().orElseThrow()
                    .text())
                .contains("\"lockdown.dev/pod\" : \"shop/d\"");
        }
    }

    @Test
    void has_no_labels_and_serves_nothing_while_nobody_needs_it() {
        play(pod("a", "node-1", serves("TCP/8080")), pod("b", "node-1", serves("TCP/8080")));
        try (var cluster = begin(pod("b", "node-1", serves("TCP/8080")))) {
            assertThat(labels("a")).containsOnlyKeys(OURS);
            assertThat(cluster.state().pods()).doesNotContainKey(new NamespacedName("shop", "a"));
        }
        try (var cluster = begin(pod("x", "node-1", serves("TCP/1")), pod("b", "node-1", serves("TCP/8080")))) {
            assertThat(created()).containsExactlyInAnyOrder("a", "b");
            assertThat(dial(cluster, "b", "x", "TCP/8080")).isInstanceOf(Outcome.Refused.class);
        }
        try (var cluster = begin(pod("a", "node-1", serves("TCP/8080")), pod("b", "node-1", serves("TCP/8080")))) {
            assertThat(created()).containsExactlyInAnyOrder("a", "b");
            assertThat(answerer(cluster, "b", "a", "TCP/8080")).isEqualTo("shop/a");
        }
    }

    @Test
    void is_not_taken_where_it_is_on_another_node() {
        play(pod("a", "node-1", serves("TCP/8080")));
        play(pod("b", "node-2", serves("TCP/8080")));
        assertThat(created()).containsExactly("a", "b");
    }

    @Test
    void is_not_taken_where_its_ports_have_other_names_and_is_gone_where_any_has_one() {
        var named = new ContainerPort(Port.parse("TCP/8080"), "web");
        play(pod("a", "node-1", serves("TCP/8080")), pod("bare", "node-1"));
        try (var cluster = begin(pod("b", "node-1", named), pod("c", "node-1", serves("TCP/9090")))) {
            assertThat(created()).containsExactlyInAnyOrder("a", "bare", "b", "c");
            assertThat(stub.network().state().pods()).doesNotContainKey(new NamespacedName("shop", "a"));
            assertThat(answerer(cluster, "c", "b", "TCP/8080")).isEqualTo("shop/b");
        }
        try (var _ = begin(pod("d", "node-1", named), pod("e", "node-1", serves("TCP/9090")))) {
            assertThat(created()).hasSize(4);
            assertThat(List.of(labels("b").get("app"), labels("c").get("app"))).containsExactly("d", "e");
        }
    }

    @Test
    void is_not_taken_for_one_that_starts_in_the_midst_of_a_scenario() {
        play(pod("a", "node-1", serves("TCP/8080")), pod("b", "node-1", serves("TCP/8080")));
        try (var cluster = begin(pod("b", "node-1", serves("TCP/8080")))) {
            cluster.apply(List.of(new Change.StartPod(pod("a", "node-1", serves("TCP/8080")))));
            assertThat(created()).containsExactlyInAnyOrder("a", "b", "a-2");
            assertThat(answerer(cluster, "b", "a", "TCP/8080")).isEqualTo("shop/a");
            assertThat(labels("a-2")).containsEntry("app", "a");
            cluster.apply(List.of(new Change.StopPod(new NamespacedName("shop", "a"))));
            assertThat(stub.network().state().pods()).containsKey(new NamespacedName("shop", "a"))
                .doesNotContainKey(new NamespacedName("shop", "a-2"));
        }
    }

    @Test
    void is_not_taken_where_it_was_deleted_or_has_failed_meanwhile() {
        play(pod("a", "node-1", serves("TCP/8080")), pod("b", "node-1", serves("TCP/8080")), pod("stays", "node-1"));
        stub.evict("shop", "a");
        stub.evictForPressure("shop", "b");
        try (var cluster = begin(pod("c", "node-1", serves("TCP/8080")), pod("d", "node-1", serves("TCP/8080")))) {
            assertThat(created()).hasSizeBetween(4, 5);
            assertThat(answerer(cluster, "c", "d", "TCP/8080")).isEqualTo("shop/d");
            assertThat(answerer(cluster, "d", "c", "TCP/8080")).isEqualTo("shop/c");
        }
    }

    @Test
    void plays_its_part_on_when_its_agent_begins_anew() {
        play(pod("a", "node-1", serves("TCP/8080")), pod("b", "node-2"));
        try (var cluster = begin(pod("c", "node-1", serves("TCP/9090")), pod("b", "node-2"))) {
            stub.restartAgent("shop", "a");
            var last = new dev.lockdown.cluster.Polling().until(java.time.Duration.ofSeconds(10),
                () -> answerer(cluster, "b", "c", "TCP/9090"), "shop/c"::equals);
            assertThat(last.value()).isEqualTo("shop/c");
            assertThat(dial(cluster, "b", "c", "TCP/8080")).isInstanceOf(Outcome.Refused.class);
        }
        play(pod("d", "node-1"));
        assertThat(created()).as("one whose agent has begun anew is not taken").containsExactlyInAnyOrder("a", "b", "d");
    }

    /// Its plugin selects by the labels of before for ever: what the policies of the second scenario shut stays open.
    @Test
    void makes_nothing_green_where_a_plugin_overlooks_its_new_labels() throws IOException {
        backend.close();
        stub.close();
        stub = StubApi.defective(folder, ShopFixture.RIGHTS, "pod-relabelling-unnoticed");
        backend = ShopFixture.join(stub, ShopFixture.settings(folder, "run-2"), ShopFixture.LONG);
        backend.close();
        var run = new FaultyRun(stub, folder).within(ShopFixture.LONG);
        var scenario = """
            Scenario: %1$s
              Given the pods
                | pod       | labels   | serves   | node   |
                | shop/web  | app=web  | TCP/8080 | node-2 |
                | shop/%1$s | app=%1$s | TCP/8080 | node-1 |
              When this policy is applied to "shop"
                \"""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: shut}
                spec: {podSelector: {matchLabels: {app: %1$s}}}
                \"""
              Then "shop/web" cannot reach "shop/%1$s" on TCP/8080

            """;
        assertThat(run.play(scenario.formatted("one") + scenario.formatted("two"))).as(run.problems())
            .containsExactly(Entry.Status.PASSED, Entry.Status.FAILED);
        assertThat(run.problems()).contains("shop/web reaches shop/two on TCP/8080");
    }
}

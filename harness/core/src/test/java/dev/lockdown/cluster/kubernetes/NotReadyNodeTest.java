package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A node that is not Ready any more")
class NotReadyNodeTest {
    private static final String WORDS =
        "node-2 is NotReady since 2026-11-29T00:12:13Z (NodeStatusUnknown: Kubelet stopped posting node status.)";
    private static final String PODS = """
        Scenario: %s
          Given the pods
            | pod      | labels  | serves   | node   |
            | shop/web | app=web | TCP/8080 | node-1 |
            | shop/api | app=api | TCP/8080 | node-2 |
          And the services
            | service  | selects | serves         |
            | shop/api | app=api | TCP/80 -> 8080 |
        """;
    private static final String BETWEEN_PODS = PODS + """
          When "shop" denies all ingress
          And "shop/api" is allowed ingress from "shop/web" on TCP/8080
          Then "shop/web" can reach "shop/api" on TCP/8080
          And "shop/api" cannot reach "shop/web" on TCP/8080

        """.indent(0);
    private static final String TO_A_SERVICE = PODS + """
          When "shop/api" is allowed ingress from "shop/web" on TCP/8080
          Then "shop/web" can reach service "shop/api" on TCP/80

        """.indent(0);
    @TempDir
    Path folder;

    private StubApi stub;
    private final ArrayDeque<Disruption.Ongoing> lost = new ArrayDeque<>();

    @BeforeEach
    void start() {
        stub = StubApi.start(folder, ShopFixture.RIGHTS);
    }

    @AfterEach
    void nothing_is_left() {
        try (var ended = stub) {
            assertThat(ended.leftovers()).isEmpty();
        }
    }

    /// When the first change of the first scenario is enforced.
    private static Consumer<Entry> changed(Runnable then) {
        var first = new AtomicBoolean(true);
        return entry -> {
            if (entry instanceof Entry.Applied applied && applied.line() > 0 && first.getAndSet(false)) then.run();
        };
    }

    private static Consumer<Entry> finished(int scenarios, Runnable then) {
        var count = new AtomicInteger();
        return entry -> {
            if (entry instanceof Entry.ScenarioFinished && count.incrementAndGet() == scenarios) then.run();
        };
    }

    private void findAgain() {
        lost.forEach(Disruption.Ongoing::close);
        lost.clear();
    }

    @Test
    void leaves_what_passes_by_it_inconclusive_by_its_name_until_it_is_back() throws IOException {
        var run = new FaultyRun(stub, folder).at(changed(() -> {
            lost.add(stub.loseNode("node-2", true));
            stub.deletePodsOf("node-2");
        }).andThen(finished(2, this::findAgain)));
        assertThat(run.play(BETWEEN_PODS.formatted("first") + BETWEEN_PODS.formatted("second") + BETWEEN_PODS.formatted("third")))
            .as(run.problems()).containsExactly(Entry.Status.INCONCLUSIVE, Entry.Status.INCONCLUSIVE, Entry.Status.PASSED);
        assertThat(run.problems()).contains(WORDS, WORDS + "; the scenario has pods there");
        assertThat(run.waits()).contains("a node to be Ready: " + WORDS);
    }

    @Test
    void leaves_a_Service_with_pods_on_it_inconclusive() throws IOException {
        var run = new FaultyRun(stub, folder).at(changed(() -> lost.add(stub.loseNode("node-2", true)))
            .andThen(finished(1, this::findAgain)));
        assertThat(run.play(TO_A_SERVICE.formatted("first") + TO_A_SERVICE.formatted("second"))).as(run.problems())
            .containsExactly(Entry.Status.INCONCLUSIVE, Entry.Status.PASSED);
        assertThat(run.problems()).contains(WORDS);
    }

    /// That it is silent or refuses proves no policy.
    @Test
    void leaves_a_flow_to_itself_without_a_proof() {
        try (var backend = ShopFixture.join(stub, folder); var cluster = backend.start(Needs.DEFAULT)) {
            cluster.apply(ShopFixture.CAST);
            var probe = Probe.Reach.of(Flow.of(Endpoint.Pod.of("shop", "api"), new Endpoint.Node("node-2"), Port.parse("TCP/10250")));
            assertThat(cluster.observe(List.of(probe), Dialling.DEFAULT).getFirst().outcome()).isInstanceOf(Outcome.Refused.class);
            try (var _ = stub.loseNode("node-2", false)) {
                assertThat(cluster.observe(List.of(probe), Dialling.DEFAULT).getFirst().outcome()).isEqualTo(
                    new Outcome.ProbeFailed(WORDS + ", and what fails there says nothing of policies"));
            }
        }
    }

    @Test
    void changes_nothing_between_pods_whose_agents_go_on_answering() throws IOException {
        var run = new FaultyRun(stub, folder).at(changed(() -> lost.add(stub.loseNode("node-2", false)))
            .andThen(finished(1, this::findAgain)));
        assertThat(run.play(BETWEEN_PODS.formatted("first") + BETWEEN_PODS.formatted("second"))).as(run.problems())
            .containsExactly(Entry.Status.PASSED, Entry.Status.PASSED);
    }

    @Test
    void is_not_used_when_a_run_begins_and_the_reason_is_told() throws IOException {
        try (var _ = stub.loseNode("node-2", true)) {
            try (var backend = ShopFixture.join(stub, folder)) {
                assertThat(backend.description()).contains("1 node", "not tested: " + WORDS);
            }
            var run = new FaultyRun(stub, folder);
            assertThat(run.play(BETWEEN_PODS.formatted("first"))).doesNotContain(Entry.Status.PASSED, Entry.Status.FAILED);
            assertThat(run.problems()).contains("pod shop/api wants the node \"node-2\"; there are: node-1", WORDS);
        }
    }
}

package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Birth;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The object of such a pod stays, Failed and with its name, until somebody deletes it.
@NamespacesAvailable
@DisplayName("A pod that its node evicts")
class EvictedPodTest {
    private static final String SCENARIO = """
        Scenario: %s
          Given the pods
            | pod      | labels  | serves   | node   |
            | shop/web | app=web | TCP/8080 | node-2 |
            | shop/api | app=api | TCP/8080 | node-1 |
          When "shop" denies all ingress
          Then "shop/web" cannot reach "shop/api" on TCP/8080
          When "shop/api" is allowed ingress from "shop/web" on TCP/8080
          Then "shop/web" can reach "shop/api" on TCP/8080

        """;

    @TempDir
    Path folder;

    private StubApi stub;

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

    @Test
    void in_the_midst_of_a_scenario_leaves_it_inconclusive_with_the_reason_and_is_there_again_in_the_next() throws IOException {
        var first = new AtomicBoolean(true);
        stub.faults().calls(call -> {
            if (call.right().equals("patch networkpolicies") && call.namespace().equals("shop") && first.getAndSet(false))
                stub.evictForPressure("shop", "api");
            return new Fate.Answered();
        });
        var run = new FaultyRun(stub, folder);
        var endings = run.play(SCENARIO.formatted("first") + SCENARIO.formatted("second"));
        assertThat(endings).as(run.problems()).containsExactly(Entry.Status.INCONCLUSIVE, Entry.Status.PASSED);
        assertThat(run.problems()).contains("the pod shop/api has failed: Evicted The node was low on resource: memory.");
        assertThat(run.evidence().get("pods.json")).contains("Evicted");
    }

    @Test
    void in_the_midst_of_a_round_leaves_it_inconclusive() throws IOException {
        var first = new AtomicBoolean(true);
        var run = new FaultyRun(stub, folder).at(entry -> {
            if (entry instanceof Entry.Observed observed && observed.purpose() == Entry.Purpose.BASELINE && first.getAndSet(false))
                stub.evictForPressure("shop", "web");
        });
        var endings = run.play(SCENARIO.formatted("first") + SCENARIO.formatted("second"));
        assertThat(endings).as(run.problems()).containsExactly(Entry.Status.INCONCLUSIVE, Entry.Status.PASSED);
        assertThat(run.problems()).contains("the pod shop/web has failed: Evicted");
    }

    /// Its agent's stream has hardly broken when the next scenario would take the pod for its own.
    @Test
    void between_two_scenarios_is_made_anew() throws IOException {
        var first = new AtomicBoolean(true);
        var run = new FaultyRun(stub, folder).at(entry -> {
            if (entry instanceof Entry.ScenarioFinished && first.getAndSet(false)) stub.evictForPressure("shop", "api");
        });
        assertThat(run.play(SCENARIO.formatted("first") + SCENARIO.formatted("second"))).as(run.problems())
            .containsExactly(Entry.Status.PASSED, Entry.Status.PASSED);
        assertThat(stub.calls().stream().filter(c -> c.right().equals("create pods")).map(c -> c.body().at("/metadata/name").asText())
            .filter(name -> name.startsWith("api"))).as("the second starts beside the first, which goes").containsExactly("api", "api-2");
    }

    /// It was waited for until no pod takes longer to start.
    @Test
    void while_it_starts_leaves_the_scenario_inconclusive_at_once_and_is_made_anew_in_the_next() throws IOException {
        var first = new AtomicBoolean(true);
        stub.faults().births(pod -> {
            // Admission asks as well.
            if (!pod.name().equals("api") || !Thread.currentThread().getName().equals("kubelet") || !first.getAndSet(false))
                return Birth.RUNS;
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                stub.evict("shop", "api");
            });
            return Birth.NEVER_SCHEDULED;
        });
        var run = new FaultyRun(stub, folder);
        assertThat(run.play(SCENARIO.formatted("first") + SCENARIO.formatted("second"))).as(run.problems())
            .containsExactly(Entry.Status.INCONCLUSIVE, Entry.Status.PASSED);
        assertThat(run.problems()).contains("pod shop/api was evicted or deleted while it started");
    }
}

package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a kernel has taken it sends until it is told that it arrived, though the program that gave it has long given up.
@NamespacesAvailable
@DisplayName("A call that the API does after its time")
class LateCallTest {
    private static final String SCENARIOS = """
        Scenario: first
          Given the pods
            | pod      | labels  | serves   | node   |
            | shop/web | app=web | TCP/8080 | node-2 |
            | shop/api | app=api | TCP/8080 | node-1 |
          When "shop" denies all ingress
          Then "shop/web" cannot reach "shop/api" on TCP/8080

        Scenario: second
          Given the pods
            | pod      | labels  | serves   | node   |
            | shop/web | app=web | TCP/8080 | node-2 |
            | shop/api | app=api | TCP/8080 | node-1 |
          When "shop/api" is allowed ingress from "shop/web" on TCP/8080
          Then "shop/api" can reach "shop/web" on TCP/8080

        """;
    private static final Deadlines HASTY = new Deadlines(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(30),
        Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5),
        Duration.ofSeconds(2), Duration.ofSeconds(3));
    private static final NamespacedName LATE = new NamespacedName("shop", "deny-all-ingress");

    @TempDir
    Path folder;

    @Test
    void does_not_make_the_next_scenario_fail() throws IOException {
        var later = new CountDownLatch(1);
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().calls(call -> call.right().equals("patch networkpolicies") && call.name().equals(LATE.name())
                ? new Fate.Late(later) : new Fate.Answered());
            var run = new FaultyRun(stub, folder).within(HASTY).at(entry -> {
                if (!(entry instanceof Entry.Applied applied) || applied.line() < 12) return;
                later.countDown();
                var _ =
                    new Polling().until(Duration.ofSeconds(10), () -> stub.network().state().policies().containsKey(LATE), there -> there);
            });
            assertThat(run.play(SCENARIOS)).as(run.problems()).hasSize(2).first().isEqualTo(Entry.Status.INCONCLUSIVE);
            assertThat(run.entries(Entry.ScenarioFinished.class).getLast().status()).as(run.problems())
                .isIn(Entry.Status.PASSED, Entry.Status.INCONCLUSIVE);
            assertThat(run.entries(Entry.Observed.class).toString()).contains(
                "NetworkPolicy shop/deny-all-ingress was made by a call that had been given up, and is removed");
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}

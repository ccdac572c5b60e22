package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.Call;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The harness loses its way to the cluster, while everything in the cluster goes on.
@NamespacesAvailable
@DisplayName("A way to the cluster that is lost for a while")
class LostWayTest {
    private static final String SCENARIO = """
        Scenario: %s
          Given the pods
            | pod      | labels  | serves   | node   |
            | shop/web | app=web | TCP/8080 | node-2 |
            | shop/api | app=api | TCP/8080 | node-1 |
          When "shop" denies all ingress
          Then "shop/web" cannot reach "shop/api" on TCP/8080
          And "shop/api" cannot reach "shop/web" on TCP/8080
          When "shop/api" is allowed ingress from "shop/web" on TCP/8080
          Then "shop/web" can reach "shop/api" on TCP/8080
          But "shop/api" cannot reach "shop/web" on TCP/8080

        """;
    private static final String SCENARIOS = SCENARIO.formatted("first") + SCENARIO.formatted("second");

    /// A third of the usual ones, as is the time for which the way is lost.
    private static final Deadlines THIRD = new Deadlines(Duration.ofMillis(50), Duration.ofMillis(3300), Duration.ofSeconds(40),
        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofMillis(1700), Duration.ofMillis(3300),
        Duration.ofSeconds(10), Duration.ofSeconds(10));

    @TempDir
    Path folder;

    private enum How {
        /// Those that stand are reset, new ones are refused.
        REFUSED,
        /// Nothing comes through, and nobody is told.
        DROPPED;

        void lose(StubApi stub) {
            switch (this) {
                case REFUSED -> stub.leave();
                case DROPPED -> stub.dropPackets();
            }
        }

        void find(StubApi stub) {
            stub.comeBack();
            stub.dropNoLonger();
        }
    }

    private enum When {
        BRING_UP("create pods"), APPLY("patch networkpolicies"), VERDICT("");

        private final String right;

        When(String right) {
            this.right = right;
        }

        boolean isAt(Call call) {
            return call.right().equals(right) && call.namespace().equals("shop");
        }

        boolean isAt(Entry entry) {
            return this == VERDICT && entry instanceof Entry.Observed observed && observed.purpose() == Entry.Purpose.VERDICT;
        }
    }

    private FaultyRun losing(StubApi stub, How how, When when, Duration lasting) {
        var first = new AtomicBoolean(true);
        Runnable fault = () -> {
            if (!first.getAndSet(false)) return;
            how.lose(stub);
            CompletableFuture.delayedExecutor(lasting.toMillis(), TimeUnit.MILLISECONDS).execute(() -> how.find(stub));
        };
        stub.faults().calls(call -> {
            if (when.isAt(call)) fault.run();
            return new Fate.Answered();
        });
        return new FaultyRun(stub, folder).at(entry -> {
            if (when.isAt(entry)) fault.run();
        });
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, BRING_UP", "REFUSED, APPLY", "REFUSED, VERDICT", "DROPPED, BRING_UP", "DROPPED, APPLY", "DROPPED, VERDICT"})
    void changes_no_verdict_and_nothing_is_left(How how, When when) throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            var run = losing(stub, how, when, Duration.ofMillis(3300)).within(THIRD);
            var statuses = run.play(SCENARIOS);
            assertThat(statuses).as(run.problems()).hasSize(2).isSubsetOf(Entry.Status.PASSED, Entry.Status.INCONCLUSIVE)
                .last().isEqualTo(Entry.Status.PASSED);
            // What is done again when the way is back goes on to its end.
            if (when != When.VERDICT) assertThat(statuses).as(run.problems()).containsOnly(Entry.Status.PASSED);
            assertThat(run.waits()).as(run.problems()).isNotEmpty();
            assertThat(stub.network().state().pods().keySet().stream().map(p -> p.namespace()).collect(Collectors.toSet()))
                .isEqualTo(Set.of("kube-system"));
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_waited_for_and_told_for_ten_seconds(How how) throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            var run = losing(stub, how, When.VERDICT, Duration.ofSeconds(10)).within(Deadlines.USUAL);
            assertThat(run.play(SCENARIOS)).as(run.problems()).hasSize(2)
                .isSubsetOf(Entry.Status.PASSED, Entry.Status.INCONCLUSIVE).last().isEqualTo(Entry.Status.PASSED);
            assertThat(run.waits()).as(run.problems()).anyMatch(w -> w.startsWith("agents to answer, which do not"));
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}

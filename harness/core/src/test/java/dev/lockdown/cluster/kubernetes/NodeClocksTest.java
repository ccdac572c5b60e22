package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("The clock of a node that is wrong by an hour")
class NodeClocksTest {
    private static final String SCENARIO = """
        Scenario: one
          Given the pods
            | pod      | labels  | serves             | node   |
            | shop/web | app=web | TCP/8080           | node-1 |
            | shop/api | app=api | TCP/8080, UDP/5353 | node-2 |
          And these flows are watched every 10 ms
            | from     | to       | ports              |
            | shop/web | shop/api | TCP/8080, UDP/5353 |
          And "shop/web" to "shop/api" on TCP/8080 is held open
          When "shop" denies all ingress
          Then "shop/web" cannot reach "shop/api" on TCP/8080
          And "shop/web" to "shop/api" on TCP/8080 is cut off within 5 s
          And "shop/web" to "shop/api" on UDP/5353 is cut off within 5 s
          When every policy of "shop" is deleted
          Then "shop/web" can reach "shop/api" on TCP/8080
          And "shop/web" to "shop/api" on TCP/8080 is back within 5 s

        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"60, 0", "-60, 0", "0, 60", "-60, 60"})
    void changes_no_verdict_and_no_time(int first, int second) throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().clocks(node -> Duration.ofMinutes(node.equals("node-1") ? first : second));
            var began = Instant.now();
            var run = new FaultyRun(stub, folder);
            assertThat(run.play(SCENARIO)).as(run.problems()).containsExactly(Entry.Status.PASSED);
            var ended = Instant.now();
            assertThat(ended).isBefore(began.plus(Duration.ofMinutes(5)));
            assertThat(run.entries(Entry.Observed.class)).isNotEmpty().allSatisfy(o -> assertThat(o.observations())
                .allSatisfy(seen -> assertThat(seen.at()).isBetween(began, ended)));
            assertThat(run.entries(Entry.WatchEnded.class)).isNotEmpty()
                .allSatisfy(e -> assertThat(e.error()).isBetween(Duration.ZERO, Duration.ofSeconds(5)));
            assertThat(run.entries(Entry.Sampled.class)).isNotEmpty().allSatisfy(s -> assertThat(s.runs()).allSatisfy(r -> assertThat(
                r.toString()).doesNotContain("=-")));
            assertThat(run.entries(Entry.Beats.class)).isNotEmpty().allSatisfy(b -> assertThat(b.toString()).doesNotContain("=-"));
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}

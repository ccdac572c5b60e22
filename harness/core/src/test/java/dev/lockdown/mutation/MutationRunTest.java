package dev.lockdown.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.mutation.MutationResults.Result;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A mutation run")
class MutationRunTest {
    private static final String FEATURE = """
        Feature: My shop

          Background:
            Given the pods
              | pod       | labels   | serves             |
              | team/web  | app=web  | TCP/8080           |
              | team/db   | app=db   | TCP/5432, TCP/5433 |
              | team/jobs | app=jobs |                    |

          Scenario: Only the web reaches the database
            When this policy is applied to "team"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: db-from-web}
              spec:
                podSelector: {matchLabels: {app: db}}
                ingress:
                - from:
                  - podSelector: {matchLabels: {app: web}}
                  - podSelector: {matchLabels: {app: admin}}
                  ports: [{port: 5432}]
              \"""
            Then on TCP/5432 the truth table is
              |           | team/db |
              | team/web  | open    |
              | team/jobs | blocked |
            And "team/web" cannot reach "team/db" on TCP/5433

          Scenario: Nobody is isolated here
            Then "team/jobs" can reach "team/db" on TCP/5432
        """;
    @TempDir
    Path folder;
    private final List<Result> told = new ArrayList<>();
    private Path feature = Path.of("");

    @BeforeEach
    void write() throws IOException {
        feature = Files.writeString(folder.resolve("shop.feature"), FEATURE);
    }

    @Test
    void tells_the_changes_that_no_scenario_notices_with_their_lines() {
        assertThat(run().unnoticed()).extracting(f -> f.line() + " " + f.change()).containsExactly(
            "17 db-from-web podSelector.matchLabels.app left out",
            "21 db-from-web ingress[0].from[1] left out");
    }

    @Test
    void names_the_scenario_that_noticed() {
        assertThat(run().all()).filteredOn(f -> f.change().equals("db-from-web ingress[0].from[0] left out"))
            .extracting(Result::noticedBy).containsExactly(feature + ":10");
    }

    @Test
    void tries_only_the_scenarios_that_apply_the_policy() {
        assertThat(run().all()).isNotEmpty().allSatisfy(f -> assertThat(f.scenarios()).containsExactly(feature + ":10"));
    }

    @Test
    void tells_each_as_soon_as_it_is_known() {
        assertThat(run().all()).isEqualTo(told);
    }

    private MutationResults run() {
        var applied = new AppliedPolicies();
        try (var backend = EmbeddedBackend.sound(InstantSource.system())) {
            var session = new Session(backend, _ -> {}, InstantSource.system(), () -> false, applied);
            assertThat(Specification.select(List.of(feature.toString()), 1, List.of()).run(session, 1)).containsOnly(Ending.PASSED);
            return new MutationRun(applied, backend, InstantSource.system(), 1).run(told::add);
        }
    }
}

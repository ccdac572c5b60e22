package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("A quota that the second scenario exceeds")
class ExceededQuotaTest {
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
            | pod       | labels  | serves   | node   |
            | shop/web  | app=web | TCP/8080 | node-2 |
            | shop/api  | app=api | TCP/8080 | node-1 |
            | shop/more | app=db  | TCP/8080 | node-1 |
          And the services
            | service  | selects | serves         |
            | shop/api | app=api | TCP/80 -> 8080 |
          When "shop" denies all ingress
          Then "shop/web" cannot reach "shop/api" on TCP/8080

        Scenario: third
          Given the pods
            | pod      | labels  | serves   | node   |
            | shop/web | app=web | TCP/8080 | node-2 |
            | shop/api | app=api | TCP/8080 | node-1 |
          When "shop/api" is allowed ingress from "shop/web" on TCP/8080
          Then "shop/web" can reach "shop/api" on TCP/8080

        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        create pods    ! more ! pods     ! exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2
        patch services ! api  ! services ! exceeded quota: team, requested: services=1, used: services=0, limited: services=0
        create pods    ! more ! pods     ! failed quota: team: must specify limits.memory for: agent
        """)
    void leaves_it_inconclusive_with_what_to_do_and_the_third_passes(String right, String name, String kind, String quota)
            throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().calls(call -> call.right().equals(right) && call.body().at("/metadata/name").asText().equals(name)
                ? new Fate.Refused(403, "Forbidden", "%s \"%s\" is forbidden: %s".formatted(kind, name, quota)) : new Fate.Answered());
            var run = new FaultyRun(stub, folder);
            assertThat(run.play(SCENARIOS)).as(run.problems()).containsExactly(Entry.Status.PASSED, Entry.Status.INCONCLUSIVE,
                Entry.Status.PASSED);
            assertThat(run.problems()).contains("%s \"%s\" is forbidden: %s".formatted(kind, name, quota))
                .contains(
                    "; the ResourceQuota team of that namespace stands in the way: raise it (kubectl describe quota team), or have the "
                        + "scenario use another namespace with --map");
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}

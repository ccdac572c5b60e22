package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("On a cluster behind an API, disruptions")
class DisruptedFeaturesTest {
    private static final String PODS = """
        Feature: Disrupted

          Scenario: one
            Given the pods
              | pod       | labels  | serves   | node   | starts |
              | shop/web  | app=web | TCP/8080 | node-2 |        |
              | shop/api  | app=api | TCP/8080 | node-1 |        |
              | shop/heir | app=h   | TCP/8080 | node-1 | later  |
        """;

    @TempDir
    private Path folder;

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    private List<Ending> run(StubApi stub, String steps) throws IOException {
        var feature = Files.writeString(folder.resolve("disrupted.feature"), PODS + steps.indent(4));
        try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG)) {
            return Specification.select(List.of(feature.toString()), 1, List.of())
                .run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1);
        }
    }

    private String problems() {
        return Stream.concat(journal.stream().filter(Entry.StepFinished.class::isInstance).map(e -> ((Entry.StepFinished) e).problem()),
            journal.stream().filter(Entry.ScenarioFinished.class::isInstance).map(e -> ((Entry.ScenarioFinished) e).problem()))
            .filter(p -> p != null).toList().toString();
    }

    @Test
    void of_objects_are_done_and_healed() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, """
                When these happen in turn
                  | namespace "shop" is locked down for 100 ms                   |
                  | policy "deny-all" of "shop" comes and goes for 50 ms         |
                  | "shop/web" is relabelled "app=other" for 50 ms               |
                  | namespace "shop" is relabelled "team=other" for 50 ms        |
                  | "shop/web" is deleted and recreated after 50 ms              |
                  | pods of "shop" churn at 60 a minute for 50 ms                |
                  | namespace "shop" is deleted and recreated after 50 ms        |
                Then "shop/web" can reach "shop/api" on TCP/8080
                When "shop" denies all ingress
                Then "shop/web" cannot reach "shop/api" on TCP/8080
                """)).as(problems()).containsExactly(Ending.PASSED);
            assertThat(journal).filteredOn(Entry.Healed.class::isInstance).hasSize(7)
                .allSatisfy(h -> assertThat(((Entry.Healed) h).enforced()).isNotNull());
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '~', textBlock = """
        enforcement pauses for 50 ms                          ! a network plugin cannot be told to
        the link of "shop/api" is down for 50 ms              ! a kubeconfig gives no hold of the nodes themselves: the link of shop/api is down
        node "node-1" reboots                                 ! a kubeconfig gives no hold of the nodes themselves: node node-1 reboots
        DNS is away for 50 ms                                 ! --allow-disruptive allows it: DNS is away
        the CNI agent on every node restarts                  ! --allow-disruptive allows it: the CNI agent on node node-1 restarts
        "shop/web" gives its address to "shop/heir" for 50 ms ! which address a pod gets is chosen by the cluster's network plugin
        """)
    void that_it_cannot_do_skip_the_scenario_with_the_reason_before_it_starts(String step, String reason) throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, "When %s\nThen \"shop/web\" can reach \"shop/api\" on TCP/8080".formatted(step)))
                .containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains(reason);
            assertThat(journal).noneMatch(e -> e instanceof Entry.Disrupted || e instanceof Entry.Applied || e instanceof Entry.Observed);
        }
    }
}

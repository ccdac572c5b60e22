package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.outside.External;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import dev.lockdown.state.ExternalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("Names of external hosts")
class HostNamesTest {
    private static final String FEATURE = """
        Feature: Names

          Background:
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |
            And the external hosts
              | host            | serves  | addresses                    |
              | partner.example | TCP/443 |                              |
              | many.example    | TCP/443 | 198.51.100.1 to 198.51.100.2 |
              | quiet.example   | TCP/443 | 198.51.100.9                 |

          Scenario: one
            When "shop" denies all egress
            Then "shop/web" can no longer resolve partner.example
            And "shop/web" can no longer resolve many.example

          Scenario: another of the same names
            Then "shop/web" can resolve partner.example
        """;
    private static final String FORMER = ".:53 {\n    errors\n    kubernetes cluster.local\n    reload\n}\n";

    @TempDir
    private Path folder;

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    private List<Ending> run(StubApi stub, boolean allowed) throws IOException {
        stub.addHost(new ExternalHost("partner.example", List.of(new Port(Protocol.TCP, 443)), List.of("203.0.113.2")));
        stub.addHost(new ExternalHost("many.example", List.of(new Port(Protocol.TCP, 443)), List.of("198.51.100.1", "198.51.100.2")));
        var feature = Files.writeString(folder.resolve("names.feature"), FEATURE);
        var usual = ShopFixture.settings(folder);
        var settings = new Settings(usual.run(), usual.agentImage(), Map.of(),
            Map.of("partner.example", new External.Elsewhere("203.0.113.2", 0)), false, allowed, false, false, false, usual.ledger());
        try (var backend = ShopFixture.join(stub, settings, ShopFixture.LONG)) {
            return Specification.select(List.of(feature.toString()), 1, List.of())
                .run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1);
        }
    }

    private String problems() {
        return Stream.concat(journal.stream().filter(Entry.StepFinished.class::isInstance).map(e -> ((Entry.StepFinished) e).problem()),
            journal.stream().filter(Entry.ScenarioFinished.class::isInstance).map(e -> ((Entry.ScenarioFinished) e).problem()))
            .filter(Objects::nonNull).toList().toString();
    }

    private static List<String> corefiles(StubApi stub) {
        return stub.calls().stream().filter(c -> c.right().equals("patch configmaps")).map(c -> c.body().at("/data/Corefile").asText())
            .toList();
    }

    private static long deletedNameServers(StubApi stub) {
        return stub.calls().stream().filter(c -> c.right().equals("delete pods") && c.namespace().equals("kube-system")).count();
    }

    @Test
    void are_known_to_the_cluster_s_dns_as_long_as_the_run_lasts() throws IOException {
        var rights =
            Stream.concat(ShopFixture.RIGHTS.stream(), Stream.of("get configmaps", "patch configmaps")).collect(Collectors.toSet());
        try (var stub = StubApi.start(folder, rights)) {
            assertThat(run(stub, true)).as(problems()).containsExactly(Ending.PASSED, Ending.PASSED);
            assertThat(corefiles(stub)).containsExactly("""
                # names of external hosts, as long as a run of Lockdown lasts
                many.example:53 partner.example:53 {
                    errors
                    hosts {
                        198.51.100.1 many.example
                        198.51.100.2 many.example
                        203.0.113.2 partner.example
                    }
                }
                """ + FORMER, FORMER);
            assertThat(deletedNameServers(stub)).as("two name servers, twice").isEqualTo(4);
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void are_left_alone_where_nothing_may_be_disturbed() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, false)).containsExactly(Ending.SKIPPED, Ending.SKIPPED);
            assertThat(problems()).contains("many.example is a name that the cluster's DNS does not know; --allow-disruptive teaches it");
            assertThat(corefiles(stub)).isEmpty();
        }
    }

    @Test
    void skip_the_scenario_where_the_user_may_not_change_the_configuration() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, true)).containsExactly(Ending.SKIPPED, Ending.SKIPPED);
            assertThat(problems())
                .contains(
                    "the cluster's DNS cannot be taught the names of external hosts: this user may not read and change the ConfigMap kube-system/coredns",
                    "- {apiGroups: [\"\"], resources: [configmaps], verbs: [get, patch]}");
            assertThat(deletedNameServers(stub)).isZero();
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.CniReleases;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.NodeRestarter;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        return run(stub, steps, ShopFixture.settings(folder));
    }

    private List<Ending> run(StubApi stub, String steps, Settings settings) throws IOException {
        return run(stub, steps, settings, Maintenance.NONE);
    }

    private List<Ending> run(StubApi stub, String steps, Settings settings, Maintenance maintenance) throws IOException {
        var feature = Files.writeString(folder.resolve("disrupted.feature"), PODS + steps.indent(4));
        try (var backend = ShopFixture.join(stub, settings, ShopFixture.LONG, maintenance)) {
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

    private static final String AGENT = """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: kube-router, namespace: kube-system, labels: {made: by-%1$s}}
        spec: {template: {spec: {containers: [{name: kube-router, image: "kube-router:%1$s"}]}}}
        """;

    /// The API's own fields are not written back, and what the new manifests alone have goes again.
    @Test
    void change_the_network_plugin_and_change_it_back() throws IOException {
        var manifest = Files.writeString(folder.resolve("cni.yaml"), "# newer\n---\n" + AGENT.formatted("v2"));
        try (var stub = withAgent("kube-router")) {
            assertThat(run(stub, """
                When the CNI is changed to the manifests of "%s" for 50 ms
                Then "shop/web" can reach "shop/api" on TCP/8080
                """.formatted(manifest), ALLOWED.apply(folder))).as(problems()).containsExactly(Ending.PASSED);
            var changes = stub.calls().stream().filter(c -> c.right().equals("patch daemonsets")).map(c -> c.body().toString()).toList();
            assertThat(changes).hasSize(2);
            assertThat(changes.getFirst()).contains("kube-router:v2", "by-v2");
            assertThat(changes.getLast()).contains("kube-router:v1", "tolerations").doesNotContain("by-v2", "status", "uid",
                "resourceVersion");
            assertThat(journal).filteredOn(Entry.Disrupted.class::isInstance).singleElement()
                .satisfies(d -> assertThat(((Entry.Disrupted) d).unattended()).isEqualTo(Unattended.STAYS));
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    /// The run is killed when the new manifests are there: its record is all that is left.
    @Test
    void have_the_next_run_change_the_network_plugin_back() {
        try (var stub = withAgent("kube-router")) {
            var cluster = (KubernetesCluster) ShopFixture.join(stub, ALLOWED.apply(folder), ShopFixture.LONG).start(Needs.DEFAULT);
            var change = new ClusterDisruption.CniChanged("cni.yaml", AGENT.formatted("v2"), Duration.ofSeconds(1));
            cluster.guard(change, List.of());
            cluster.begin(change);
            var later = KubernetesBackend.join(new Access.Text(stub.kubeconfig()), ShopFixture.settings(folder, "run-2"), ShopFixture.LONG,
                () -> Instant.now().plusSeconds(3600));
            try (later) {
                assertThat(later.healed()).singleElement().asString().startsWith("the CNI is changed to \"cni.yaml\" (was to end at ");
                assertThat(stub.calls().stream().filter(c -> c.right().equals("patch daemonsets")).map(c -> c.body().toString()).toList())
                    .last().asString().contains("kube-router:v1", "tolerations");
            }
        }
    }

    /// By its name, with the manifests that the catalogue gives.
    @Test
    void change_the_network_plugin_to_another_version_and_back() throws IOException {
        var asked = new ArrayList<String>();
        var maintenance = new Maintenance(NodeRestarter.NONE, (cni, version, dualStack) -> {
            asked.add("%s %s %s".formatted(cni, version, dualStack));
            return AGENT.formatted("v" + version);
        });
        try (var stub = withAgent("kube-router")) {
            assertThat(run(stub, """
                When the CNI is changed to "kube-router@2.1" for 50 ms
                Then "shop/web" can reach "shop/api" on TCP/8080
                """, ALLOWED.apply(folder), maintenance)).as(problems()).containsExactly(Ending.PASSED);
            assertThat(asked).isNotEmpty().allMatch("kube-router 2.1 false"::equals);
            var changes = stub.calls().stream().filter(c -> c.right().equals("patch daemonsets")).map(c -> c.body().toString()).toList();
            assertThat(changes).hasSize(2);
            assertThat(changes.getFirst()).contains("kube-router:v2.1");
            assertThat(changes.getLast()).contains("kube-router:v1");
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    /// The node is back before its agents are attached to anew, and one of its pods is not.
    @Test
    void restart_a_node_and_go_on_with_its_pods() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, """
                Given these flows are watched every 20 ms
                  | from     | to       | ports    |
                  | shop/web | shop/api | TCP/8080 |
                When "shop" denies all ingress
                And "shop/api" is allowed ingress from "shop/web" on TCP/8080
                And node "node-1" reboots
                Then "shop/web" can reach "shop/api" on TCP/8080
                And "shop/api" cannot reach "shop/web" on TCP/8080
                """, ALLOWED.apply(folder), restarting(node -> stub.reboot(node, "api")))).as(problems()).containsExactly(Ending.PASSED);
            assertThat(journal).filteredOn(Entry.Healed.class::isInstance).singleElement()
                .satisfies(h -> assertThat(((Entry.Healed) h).enforced()).isNotNull());
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    /// As k3s in containers was reported to do: its policy controller does not come up again with its node.
    @Test
    void find_out_that_a_restarted_node_enforces_nothing() throws IOException {
        var forgotten = new ArrayList<Disruption.Ongoing>();
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, """
                When node "node-1" reboots
                Then "shop/web" can reach "shop/api" on TCP/8080
                """, ALLOWED.apply(folder), restarting(node -> {
                stub.reboot(node);
                forgotten.add(stub.network().begin(new ClusterDisruption.RulesForgotten(Duration.ofMinutes(10))));
            }))).doesNotContain(Ending.PASSED);
            assertThat(problems()).contains("policies are not enforced after a disruption");
            forgotten.forEach(Disruption.Ongoing::close);
        }
    }

    @Test
    void leave_a_node_alone_that_cannot_be_restarted() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, "When node \"node-1\" reboots\nThen \"shop/web\" can reach \"shop/api\" on TCP/8080",
                ALLOWED.apply(folder))).containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains("a kubeconfig gives no hold of the nodes themselves: node node-1 reboots");
        }
    }

    private static Maintenance restarting(Consumer<String> restart) {
        return new Maintenance(new NodeRestarter() {
            @Override
            public Optional<String> refusal(String node) {
                return Optional.empty();
            }

            @Override
            public void restart(String node) {
                restart.accept(node);
            }
        }, CniReleases.NONE);
    }

    @Test
    void leave_a_network_plugin_alone_that_is_another() throws IOException {
        var manifest = Files.writeString(folder.resolve("cni.yaml"), AGENT.formatted("v2"));
        try (var stub = withAgent("calico-node")) {
            var steps = "When the CNI is changed to the manifests of \"%s\" for 50 ms\nThen \"shop/web\" can reach \"shop/api\" on TCP/8080"
                .formatted(manifest);
            assertThat(run(stub, steps, ALLOWED.apply(folder))).containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains("none of the DaemonSets of these manifests: kube-system/kube-router");
            assertThat(run(stub, steps)).containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains("--allow-disruptive allows it: the CNI is changed to");
        }
    }

    private static final Function<Path, Settings> ALLOWED = folder -> {
        var usual = ShopFixture.settings(folder);
        return new Settings(usual.run(), usual.agentImage(), usual.namespaces(), usual.externals(), usual.acceptUnseen(), true,
            false, usual.keep(), usual.disposable(), usual.ledger());
    };

    private StubApi withAgent(String name) {
        var stub = StubApi.start(folder, Stream.concat(ShopFixture.RIGHTS.stream(), Stream.of("get daemonsets", "patch daemonsets"))
            .collect(Collectors.toSet()));
        stub.put("apps/daemonsets", "kube-system", name, """
            {'apiVersion': 'apps/v1', 'kind': 'DaemonSet', 'metadata': {},
             'spec': {'template': {'spec': {'tolerations': [], 'containers': [{'name': 'kube-router', 'image': 'kube-router:v1'}]}}},
             'status': {'desiredNumberScheduled': 2, 'updatedNumberScheduled': 2, 'numberAvailable': 2}}""");
        return stub;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '~', textBlock = """
        enforcement pauses for 50 ms                          ! a network plugin cannot be told to
        the link of "shop/api" is down for 50 ms              ! a kubeconfig gives no hold of the nodes themselves: the link of shop/api is down
        node "node-1" reboots                                 ! --allow-disruptive allows it: node node-1 reboots
        the Kubernetes API is away for 50 ms                  ! --allow-disruptive allows it: the Kubernetes API is away
        the CNI is changed to "calico@3.31.7" for 50 ms       ! --allow-disruptive allows it: the CNI is changed to "calico@3.31.7"
        node "node-1" is cut off for 50 ms                    ! a kubeconfig gives no hold of the nodes themselves: node node-1 is cut off
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

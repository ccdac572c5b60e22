package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.CniReleases;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.QuickJoin;
import dev.lockdown.cluster.kubernetes.Settings;
import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.disruption.ClusterDisruption.RulesForgotten;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs on a k3s whose engine is a fake and whose API and nodes are a stub's: what becomes of it must be noticed.
@NamespacesAvailable
@DisplayName("A run on k3s")
final class K3sRunTest {
    private static final String FEATURE = """
        Feature: On k3s

          Scenario: one
            Given the pods
              | pod       | labels   | serves   | node   |
              | shop/web  | app=web  | TCP/8080 | node-1 |
              | shop/api  | app=api  | TCP/8080 | node-2 |
              | shop/idle | app=idle | TCP/8080 | node-2 |
            And "shop" denies all ingress
            And "shop/idle" is allowed ingress from "shop/web" on TCP/8080
        %s
            Then "shop/web" cannot reach "shop/api" on TCP/8080
            But "shop/web" can reach "shop/idle" on TCP/8080
        """;
    private static final String AGENT = "node-%s";

    @TempDir
    private Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());
    private final List<Disruption.Ongoing> forgotten = new ArrayList<>();
    private int runs;

    @AfterEach
    void remember() {
        forgotten.forEach(Disruption.Ongoing::close);
    }

    @Test
    void goes_on_after_the_container_of_a_node_has_restarted() throws IOException {
        try (var stub = stub()) {
            engine.doing("restart node-2", () -> stub.reboot("node-2"));
            assertThat(run(Requests.plain(), "When node \"node-2\" reboots")).as(problems()).containsExactly(Ending.PASSED);
            assertThat(engine.asked).contains("restart node-2").last().isEqualTo("close");
        }
    }

    /// As was reported of k3s in containers: its policy controller does not come up again with its node.
    @Test
    void notices_that_a_restarted_node_has_lost_its_policies() throws IOException {
        try (var stub = stub()) {
            engine.doing("restart node-2", () -> {
                stub.reboot("node-2");
                forget(stub);
            });
            assertThat(run(Requests.plain(), "When node \"node-2\" reboots")).doesNotContain(Ending.PASSED, Ending.FAILED);
            assertThat(problems()).contains("policies are not enforced after a disruption");
        }
    }

    @Test
    void leaves_the_server_alone_whose_api_would_be_elsewhere() throws IOException {
        try (var _ = stub()) {
            assertThat(run(Requests.plain(), "When node \"node-1\" reboots")).containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains("node-1 is the server of k3s");
            assertThat(engine.asked).noneMatch(a -> a.startsWith("restart"));
        }
    }

    @Test
    void takes_containers_over_and_believes_them_no_more_than_new_ones() throws IOException {
        try (var stub = stub()) {
            assertThat(run(Requests.plain().reuse().run("one"), "")).as(problems()).containsExactly(Ending.PASSED);
            assertThat(engine.asked).doesNotContain("close");
            var first = List.copyOf(engine.started);
            engine.started.clear();
            journal.clear();
            forget(stub);
            assertThat(run(Requests.plain().reuse().run("two"), "")).containsExactly(Ending.INCONCLUSIVE);
            assertThat(engine.started).as("the very same containers").isEqualTo(first);
            assertThat(problems()).contains("policies are not enforced");
            assertThat(journal).as("nothing is judged").noneMatch(Entry.Judged.class::isInstance);
        }
    }

    @Test
    void kills_the_agent_of_a_cni_and_waits_for_the_next() throws IOException {
        try (var stub = stub()) {
            for (int node = 1; node <= 2; node++) agent(stub, node, 1);
            stub.faults().calls(call -> {
                if (call.right().equals("delete pods") && call.name().endsWith("-1"))
                    agent(stub, call.name().equals("node-1-1") ? 1 : 2, 2);
                return new Fate.Answered();
            });
            assertThat(run(Requests.plain(), "When the CNI agent on every node restarts")).as(problems()).containsExactly(Ending.PASSED);
            assertThat(stub.calls().stream().filter(c -> c.right().equals("delete pods") && c.namespace().equals("kube-system")).map(c -> c
                .name())).containsExactlyInAnyOrder("node-1-1", "node-2-1");
        }
    }

    /// Its own flannel and kube-router are in k3s itself.
    @Test
    void skips_what_asks_for_the_agent_of_a_cni_that_has_none() throws IOException {
        try (var _ = stub()) {
            assertThat(run(Requests.plain(), "When the CNI agent on every node restarts")).containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains("no pod of a DaemonSet named");
        }
    }

    private StubApi stub() {
        var stub = StubApi.start(folder, new Everything());
        engine.images.add(Requests.VERSIONS.choose(null).image());
        engine.kubeconfig = stub.kubeconfig();
        return stub;
    }

    private void forget(StubApi stub) {
        forgotten.add(stub.network().begin(new RulesForgotten(Duration.ofMinutes(10))));
    }

    private static void agent(StubApi stub, int node, int generation) {
        stub.put("/pods", "kube-system", "%s-%s".formatted(AGENT.formatted(node), generation), """
            {'apiVersion': 'v1', 'kind': 'Pod',
             'metadata': {'ownerReferences': [{'apiVersion': 'apps/v1', 'kind': 'DaemonSet', 'name': 'calico-node', 'uid': 'x'}]},
             'spec': {'nodeName': 'node-%s', 'containers': []},
             'status': {'phase': 'Running', 'conditions': [{'type': 'Ready', 'status': 'True'}]}}""".formatted(node));
    }

    private List<Ending> run(Requests requests, String step) throws IOException {
        var feature = Files.writeString(folder.resolve("k3s.feature"), FEATURE.formatted(step.indent(4).stripTrailing()));
        var request = requests.of((String) null);
        var progress = new Quiet();
        try (var backend = new K3sBackend(request, (kubeconfig, _, nodes) -> QuickJoin.join(kubeconfig, settings(request),
            new Maintenance(nodes, CniReleases.NONE)), progress, engine, e -> new BringUp(request, e, _ -> new FakeView(), _ -> {
                throw new IOException("there is no internet in tests");
            }, new Polling(Duration.ofMillis(1)), Phase::deadline, progress, InstantSource.system()))) {
            return Specification.select(List.of(feature.toString()), 1, List.of()).run(new Session(backend, journal::add, InstantSource
                .system(), () -> false), 1);
        }
    }

    /// As the command line has them for k3s: what is disruptive is allowed, and what is reused is not thrown away.
    private Settings settings(K3sRequest request) {
        return new Settings("run-" + ++runs, Settings.AGENT_IMAGE, Map.of(), Map.of(), false, true, true, false, !request.reuse(),
            folder.resolve(
                "ledger-" + runs));
    }

    private String problems() {
        return Stream.concat(journal.stream().filter(Entry.StepFinished.class::isInstance).map(e -> ((Entry.StepFinished) e).problem()),
            journal.stream().filter(Entry.ScenarioFinished.class::isInstance).map(e -> ((Entry.ScenarioFinished) e).problem())).filter(
                p -> p != null)
            .toList().toString();
    }

    /// The rights of k3s's kubeconfig, which is its administrator's.
    private static final class Everything extends AbstractSet<String> {
        @Override
        public boolean contains(Object right) { return true; }

        @Override
        public Iterator<String> iterator() { return Collections.emptyIterator(); }

        @Override
        public int size() { return 0; }
    }

    private static final class Quiet implements Progress {
        @Override
        public void waiting(String phase, String what, Duration since) {}

        @Override
        public void done(String phase, Duration took) {}

        @Override
        public void note(String text) {}
    }
}

package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Executed;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.PluginVersion;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.KnownDefect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The features of the repository, through everything that a real cluster has: kubeconfig, rights, attached agents that are processes.
@NamespacesAvailable
@DisplayName("On a cluster behind an API, the features")
class FeaturesTest {
    private static final String FEATURES = Path.of("..", "..", "features").toString();

    @TempDir
    Path folder;

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, String> evidence = new ConcurrentHashMap<>();

    private List<Ending> run(StubApi stub, String... words) {
        stub.addHost(new ExternalHost("partner.example", List.of(Port.parse("TCP/443")), List.of()));
        try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG)) {
            var session = new Session(backend, journal::add, InstantSource.system(), () -> false).keeping((_, files) -> {
                evidence.putAll(files);
                return "kept";
            });
            return Specification.select(List.of(words), 1, List.of()).run(session, 1);
        }
    }

    private String problems() {
        return journal.stream().filter(e -> e instanceof Entry.StepFinished s && s.problem() != null).map(Object::toString).toList()
            .toString();
    }

    @Test
    void are_green_where_policies_are_enforced_and_leave_nothing() throws IOException {
        var feature = Files.writeString(folder.resolve("stub.feature"), """
            Feature: Everything at once
              Background:
                Given the pods
                  | pod             | labels         | serves             | node   |
                  | shop/web        | app=web        | TCP/8080           | node-2 |
                  | shop/api        | app=api        | TCP/8080, UDP/5353 | node-1 |
                  | monitoring/prom | app=prometheus | TCP/9090           | node-1 |
                And the services
                  | service  | selects | serves         |
                  | shop/api | app=api | TCP/80 -> 8080 |
                And the external hosts
                  | host            | serves  |
                  | partner.example | TCP/443 |

              Scenario: Aftermath
                When "shop" denies all ingress and egress
                Then "shop/web" can no longer
                  | resolve | api.shop.svc.cluster.local |         |
                  | reach   | the Kubernetes API         | TCP/443 |
                  | reach   | host partner.example       | TCP/443 |
                  | reach   | service shop/api           | TCP/80  |
                But the node of "shop/web" can still reach "shop/web" on TCP/8080
                And "shop/web" can still read its service account token

              Scenario: Allowances
                Given "shop" denies all ingress
                When "shop/api" is allowed ingress from "shop/web" on TCP/8080 and UDP/5353
                Then "shop/web" can reach "shop/api" on TCP/8080 and UDP/5353
                But "shop/api" cannot send "shop/web" an unasked datagram
                And "monitoring/prom" cannot reach "shop/api" on TCP/8080
            """);
        try (var stub = StubApi.ofProcesses(folder, ShopFixture.RIGHTS, List.of(), Family.IPV4)) {
            var endings = run(stub, feature.toString());
            assertThat(endings).as(problems()).hasSize(2).containsOnly(Ending.PASSED);
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void measure_how_long_a_change_takes() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, FEATURES + "/chaos/windows.feature")).as(problems()).hasSizeGreaterThan(1).containsOnly(Ending.PASSED);
            assertThat(journal).filteredOn(Entry.WatchEnded.class::isInstance).isNotEmpty()
                .allSatisfy(e -> assertThat(((Entry.WatchEnded) e).error()).isPositive());
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void are_red_where_they_are_not() {
        try (var stub = StubApi.defective(folder, ShopFixture.RIGHTS, "own-address-denied")) {
            assertThat(run(stub, FEATURES + "/default-deny.feature", "@catches:own-address-denied")).containsOnly(Ending.FAILED);
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    /// It would be everywhere, if a port of ours were declared in every pod.
    @Test
    void are_red_by_a_plugin_that_mixes_named_ports_only_where_pods_share_one() {
        try (var stub = StubApi.defective(folder, ShopFixture.RIGHTS, "named-ports-mix-pods-that-share-a-port")) {
            runs(stub, "kube-router", "cloudnativelabs/kube-router:v2.6.3");
            assertThat(run(stub, FEATURES + "/conformance/named-ports.feature")).hasSize(7);
            var failed = journal.stream().filter(e -> e instanceof Entry.ScenarioFinished f && f.status() == Entry.Status.FAILED)
                .map(e -> ((Entry.ScenarioFinished) e).scenario()).collect(Collectors.toSet());
            assertThat(journal).filteredOn(Entry.ScenarioStarted.class::isInstance).allSatisfy(e -> {
                var started = (Entry.ScenarioStarted) e;
                assertThat(failed.contains(started.scenario())).as(started.scenario())
                    .isEqualTo(started.rule() != null && started.rule().startsWith("Pods that declare a port "));
            });
            assertThat(differing()).isNotEmpty().allSatisfy(c -> assertThat(c.defect())
                .isEqualTo(new FoundDefect(KnownDefect.KUBE_ROUTER_SHARED_CONTAINER_PORT, new PluginVersion(2, 6, 3))));
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    /// The plugin is another one, so that it is nobody's known defect.
    @Test
    void name_no_known_defect_of_a_plugin_that_does_not_run() {
        try (var stub = StubApi.defective(folder, ShopFixture.RIGHTS, "rules-admit-both-ways")) {
            runs(stub, "calico-node", "docker.io/cloudnativelabs/kube-router:v2.6.3");
            assertThat(run(stub, FEATURES + "/both-sides.feature", "@catches:rules-admit-both-ways")).contains(Ending.FAILED);
            assertThat(differing()).isNotEmpty().allSatisfy(c -> assertThat(c.defect()).isNull());
        }
    }

    @Test
    void say_that_a_defect_was_known_where_the_plugins_version_is_not() {
        try (var stub = StubApi.defective(folder, ShopFixture.RIGHTS, "rules-admit-both-ways")) {
            runs(stub, "kube-router", "registry.example:5000/kube-router:latest");
            assertThat(run(stub, FEATURES + "/both-sides.feature", "@catches:rules-admit-both-ways")).contains(Ending.FAILED);
            assertThat(differing()).isNotEmpty().allSatisfy(
                c -> assertThat(c.defect()).isEqualTo(new FoundDefect(KnownDefect.KUBE_ROUTER_RULES_BOTH_WAYS, null)));
        }
    }

    /// Have a network plugin's DaemonSet, as far as its pods show it.
    private static void runs(StubApi stub, String daemonSet, String image) {
        for (var node : List.of("node-1", "node-2"))
            stub.put("/pods", "kube-system", daemonSet + "-" + node, """
                {'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'ownerReferences': [{'apiVersion': 'apps/v1', 'kind': 'DaemonSet',
                 'name': '%s', 'uid': 'ds', 'controller': true}]},
                 'spec': {'nodeName': '%s', 'hostNetwork': true, 'containers': [{'name': '%s', 'image': '%s'}]},
                 'status': {'phase': 'Running'}}""".formatted(daemonSet, node, daemonSet, image));
    }

    private List<Cell> differing() {
        return journal.stream().filter(Entry.Judged.class::isInstance)
            .flatMap(e -> ((Entry.Judged) e).judgement().differing().stream()).toList();
    }

    private Path wrong() throws IOException {
        return Files.writeString(folder.resolve("wrong.feature"), """
            Feature: Wrong
              Scenario: It is not allowed
                Given the pods
                  | pod      | labels  | serves   | node   |
                  | shop/web | app=web | TCP/8080 | node-2 |
                  | shop/api | app=api | TCP/8080 | node-1 |
                When "shop" denies all ingress
                Then "shop/web" can reach "shop/api" on TCP/8080
            """);
    }

    @Test
    void leave_what_the_cluster_told_when_they_fail() throws IOException {
        var feature = wrong();
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, feature.toString())).containsOnly(Ending.FAILED);
            assertThat(evidence.get("policies.json")).contains("\"deny-all-ingress\"");
            assertThat(evidence.get("pods.json")).contains("\"web\"", "\"LOCKDOWN_SERVES\"", "(left out)").doesNotContain("TCP/8080");
            assertThat(evidence.get("namespaces.json")).contains("\"shop\"");
            assertThat(evidence).containsKeys("nodes.json", "services.json", "events.json");
            assertThat(evidence.get("missing.txt")).contains("the network plugin on node-1: no pod of it runs there");
            assertThat(stub.calls()).as("nobody asks for Secrets").noneMatch(c -> c.resource().contains("secret"));
            assertThat(journal).filteredOn(e -> e instanceof Entry.ScenarioFinished f && "kept".equals(f.evidence())).hasSize(1);
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void leave_what_the_network_plugins_of_all_nodes_have_programmed_when_they_fail() throws IOException {
        var rights = new HashSet<>(ShopFixture.RIGHTS);
        rights.add("create pods/exec");
        try (var stub = StubApi.start(folder, rights)) {
            runs(stub, "kube-router", "cloudnativelabs/kube-router:v2.6.3");
            stub.faults().programs(call -> call.query().getOrDefault("command", "").equals("iptables-save")
                ? new Executed.Ended(0, "# of " + call.name() + "\n") : new Executed.NotThere());
            assertThat(run(stub, wrong().toString())).containsOnly(Ending.FAILED);
            for (var node : List.of("node-1", "node-2"))
                assertThat(evidence.get("rules-%s-iptables.txt".formatted(node))).isEqualTo("# of kube-router-%s\n".formatted(node));
            assertThat(evidence.get("missing.txt")).contains("rules of node-1 by ipset: ", "rules of node-2 by nftables: ",
                "cni-node-1-kube-router.log: ");
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void decide_nothing_where_the_canary_does_not_turn() {
        try (var stub = StubApi.defective(folder, ShopFixture.RIGHTS, "ignores-egress")) {
            assertThat(run(stub, FEATURES + "/default-deny.feature", "@catches:own-address-denied")).containsOnly(Ending.INCONCLUSIVE);
            assertThat(problems()).contains("policies are not enforced");
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}

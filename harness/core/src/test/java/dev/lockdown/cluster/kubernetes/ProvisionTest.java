package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lockdown.check.FeaturesCheck;
import dev.lockdown.check.PlacedScenarios;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("What a cluster behind an API has no place for")
class ProvisionTest {
    private static final String FEATURE = """
        Feature: Places

          Background:
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |
              | shop/api | app=api | TCP/8080 |
            And the external hosts
              | host           | serves  |
              | office.example | TCP/443 |

          Scenario: named in a table
            When "shop" denies all egress
            Then exactly these flows broke
              | from     | to                  | ports   |
              | shop/web | host office.example | TCP/443 |

          Scenario: dialled
            When "shop" denies all egress
            Then "shop/web" cannot reach host "office.example" on TCP/443

          Scenario: dialling
            Then host "office.example" can reach node "node-1" on TCP/30080

          Scenario: resolved
            Then "shop/web" can resolve office.example

          @needs:7-nodes
          Scenario: nodes
            Then "shop/web" can reach "shop/api" on TCP/8080

          @dual-stack
          Scenario: families
            Then "shop/web" can reach "shop/api" on TCP/8080

          @established:reset
          Scenario: connections
            Then "shop/web" can reach "shop/api" on TCP/8080

          Scenario: disruptions
            When the CNI agent on node "node-1" restarts
            Then "shop/web" can reach "shop/api" on TCP/8080

          Scenario: watched
            Given these flows are watched every 20 ms
              | from     | to                  | ports   |
              | shop/web | host office.example | TCP/443 |
            When "shop" denies all egress
            Then "shop/web" to host "office.example" on TCP/443 is cut off within 1 s
        """;
    private static final String UNADDRESSED =
        "the external host office.example has no address here; give one with --external office.example=ADDRESS:PORT, "
            + "or have this machine stand for it with --external office.example=self";
    private static final Map<String, String> REFUSALS = Map.ofEntries(entry("named in a table", UNADDRESSED),
        entry("dialled", UNADDRESSED), entry("watched", UNADDRESSED),
        entry("dialling",
            "nothing can be dialled from the external host office.example, which is not ours; --external office.example=self has this machine stand for it"),
        entry("resolved",
            "office.example is a name that the cluster's DNS does not know; --allow-disruptive teaches it, for as long as the run lasts"),
        entry("nodes", "it needs 7 nodes, and here 2 can run agents"),
        entry("families", "it needs IPv4 and IPv6, and the cluster's pods have IPv4"),
        entry("connections", "@established:reset: what this cluster does with established connections is not known"),
        entry("disruptions",
            "it could hurt others on this cluster; --allow-disruptive allows it: the CNI agent on node node-1 restarts"));

    @TempDir
    private Path folder;

    private Settings settings() {
        var usual = ShopFixture.settings(folder);
        return new Settings(usual.run(), usual.agentImage(), Map.of(), Map.of(), false, false, false, false, false, usual.ledger());
    }

    private FeaturesCheck check(String text) throws IOException {
        return FeaturesCheck.of(List.of(Files.writeString(folder.resolve("places.feature"), text).toString()), true);
    }

    @Test
    void is_told_without_making_anything() throws IOException {
        var check = check(FEATURE);
        assertThat(check.mistakes()).isEmpty();
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            var placed =
                PlacedScenarios.of(check, "kubeconfig", KubernetesBackend.provision(new Access.Text(stub.kubeconfig()), settings()));
            var byName = new HashMap<String, String>();
            check.scenarios().forEach(s -> byName.put(s.name(), String.valueOf(placed.refusals().get(s.place()))));
            assertThat(byName).containsExactlyInAnyOrderEntriesOf(REFUSALS);
            assertThat(placed.lines()).contains("skipped on kubeconfig: " + REFUSALS.get("nodes"),
                "0 of 9 scenarios can run on kubeconfig");
            assertThat(stub.calls()).extracting(c -> c.right())
                .noneMatch(r -> r.startsWith("create ") && !r.contains("selfsubjectaccessreviews"));
        }
    }

    @Test
    void is_skipped_by_a_run_before_a_pod_is_started() throws IOException {
        check(FEATURE);
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS); var backend = ShopFixture.join(stub, settings(), ShopFixture.SHORT)) {
            assertThat(Specification.select(List.of(folder.resolve("places.feature").toString()), 1, List.of())
                .run(new Session(backend, _ -> {}, InstantSource.system(), () -> false), 1)).hasSize(9).containsOnly(Ending.SKIPPED);
            assertThat(stub.calls()).extracting(c -> c.right()).doesNotContain("create pods");
        }
    }

    @Test
    void is_known_to_lack_load_balancers_where_all_that_are_there_wait_for_an_address() throws IOException {
        var check = check(FEATURE.substring(0, FEATURE.indexOf("  Scenario: named")) + """
              Scenario: balanced
                Given the services
                  | service    | selects | serves         | type         |
                  | shop/front | app=web | TCP/80 -> 8080 | LoadBalancer |
                Then "shop/api" can reach load balancer "shop/front" on TCP/80
            """);
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(stub.kubeconfig())).build()) {
            stub.faults().balancersPending();
            assertThat(provided(check, stub)).containsExactly("1 of 1 scenario can run on kubeconfig");
            client.resource(new ServiceBuilder().withNewMetadata().withNamespace("default").withName("web").endMetadata().withNewSpec()
                .withType("LoadBalancer").addToSelector("app", "web").addNewPort().withPort(80).endPort().endSpec().build()).create();
            assertThat(provided(check, stub).getFirst()).startsWith(
                "skipped on kubeconfig: none of the cluster's load balancers has an address (default/web waits for one); a controller gives");
        }
    }

    private List<String> provided(FeaturesCheck check, StubApi stub) {
        return PlacedScenarios.of(check, "kubeconfig", KubernetesBackend.provision(new Access.Text(stub.kubeconfig()), settings())).lines();
    }

    void is_said_to_depend_on_what_only_the_nodes_know() throws IOException {
        var check = check(FEATURE.substring(0, FEATURE.indexOf("  Scenario: named")) + """
              @needs:sctp
              Scenario: protocols
                Then "shop/web" can reach "shop/api" on TCP/8080
            """);
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            var placed =
                PlacedScenarios.of(check, "kubeconfig", KubernetesBackend.provision(new Access.Text(stub.kubeconfig()), settings()));
            assertThat(placed.refusals()).isEmpty();
            assertThat(placed.lines()).first()
                .isEqualTo("perhaps skipped on kubeconfig: it needs SCTP, which each node's kernel is asked for "
                    + "when it begins; `modprobe sctp` on the node loads it");
        }
    }

    @Test
    void is_nothing_of_a_scenario_that_leaves_its_host_alone() throws IOException {
        var check = check(FEATURE.substring(0, FEATURE.indexOf("  Scenario: named")) + """
              Scenario: plain
                Then "shop/web" can reach "shop/api" on TCP/8080
            """);
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            var placed =
                PlacedScenarios.of(check, "kubeconfig", KubernetesBackend.provision(new Access.Text(stub.kubeconfig()), settings()));
            assertThat(placed.refusals()).isEmpty();
            assertThat(placed.lines()).containsExactly("1 of 1 scenario can run on kubeconfig");
        }
    }
}

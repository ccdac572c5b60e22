package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.WaitListener;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.lease.HolderProcess;
import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import dev.lockdown.cluster.kubernetes.outside.External;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import dev.lockdown.state.ExternalHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("External hosts that the machine of the harness stands for")
class OwnHostsTest {
    private static final String BACKGROUND = """
        Feature: Outside

          Background:
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/web | app=web | TCP/8080 | node-2 |
              | shop/api | app=api | TCP/8080 | node-1 |
            And the services
              | service  | selects | serves                  | type     |
              | shop/web | app=web | TCP/80 -> 8080 at 30080 | NodePort |
            And the external hosts
              | host            | serves           | addresses |
              | partner.example | TCP/443, UDP/500 | %s        |

          Scenario: one
        """;
    private static final String BALANCED = """
        Given the services
          | service    | selects | serves         | type         |
          | shop/front | app=web | TCP/80 -> 8080 | LoadBalancer |
        Then host "partner.example" can reach load balancer "shop/front" on TCP/80
        """;
    private static final Endpoint MACHINE = new Endpoint.Host("machine.example");

    @TempDir
    private Path folder;

    private Function<String, List<InetAddress>> names = _ -> List.of();
    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    private List<Ending> run(StubApi stub, Map<String, External> externals, String addresses, String... steps) throws IOException {
        return run(stub, ShopFixture.LONG, externals, addresses, steps);
    }

    private List<Ending> run(StubApi stub, Deadlines deadlines, Map<String, External> externals, String addresses, String... steps)
            throws IOException {
        if (stub.addresses(MACHINE).isEmpty())
            stub.addHost(new ExternalHost("machine.example", List.of(new Port(Protocol.TCP, 9)), List.of()));
        var text = new StringBuilder(BACKGROUND.formatted(addresses));
        for (var step : steps) text.append(step.indent(4));
        var feature = Files.writeString(folder.resolve("outside.feature"), text);
        var usual = ShopFixture.settings(folder);
        var settings =
            new Settings(usual.run(), usual.agentImage(), Map.of(), externals, false, false, false, false, false, usual.ledger());
        try (var backend = KubernetesBackend.join(new Access.Text(stub.kubeconfig()), settings, deadlines, Maintenance.NONE,
            InstantSource.system(),
            new KubernetesBackend.Harness(HolderProcess.own(), new StubMachine(stub.network(), MACHINE, names), WaitListener.NONE))) {
            return Specification.select(List.of(feature.toString()), 1, List.of())
                .run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1);
        }
    }

    private String problems() {
        return Stream.concat(journal.stream().filter(Entry.StepFinished.class::isInstance).map(e -> ((Entry.StepFinished) e).problem()),
            journal.stream().filter(Entry.ScenarioFinished.class::isInstance).map(e -> ((Entry.ScenarioFinished) e).problem()))
            .filter(Objects::nonNull).toList().toString();
    }

    @Test
    void are_reached_on_their_ports_and_say_from_where() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of("partner.example", new External.Self(null)), "", """
                When "shop" denies all egress
                Then exactly these flows broke
                  | from              | to                           | ports               |
                  | shop/web          | shop/api                     | TCP/8080            |
                  | shop/api          | shop/web                     | TCP/8080            |
                  | shop/web          | service shop/web             | TCP/80              |
                  | shop/api          | service shop/web             | TCP/80              |
                  | every pod of shop | node node-1                  | TCP/30080           |
                  | every pod of shop | node node-2                  | TCP/30080           |
                  | every pod of shop | service kube-system/kube-dns | UDP/53 and TCP/53   |
                  | every pod of shop | the Kubernetes API           | TCP/443             |
                  | every pod of shop | host partner.example         | TCP/443 and UDP/500 |
                """)).as(problems()).containsExactly(Ending.PASSED);
            assertThat(journal).filteredOn(Entry.Observed.class::isInstance)
                .flatExtracting(e -> ((Entry.Observed) e).observations())
                .filteredOn(
                    o -> o.probe().ends().contains(new Endpoint.Host("partner.example")) && o.outcome() instanceof Outcome.Connected)
                .extracting(o -> ((Outcome.Connected) o.outcome()).answeredBy()).isNotEmpty().containsOnly("host:partner.example");
        }
    }

    @Test
    void dial_into_the_cluster() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of("partner.example", new External.Self(null)), "", """
                Given host "partner.example" can reach node "node-1" on TCP/30080
                When "shop" denies all ingress
                Then host "partner.example" cannot reach node "node-1" on TCP/30080
                """)).as(problems()).containsExactly(Ending.PASSED);
        }
    }

    @Test
    void dial_in_by_load_balancers_that_keep_their_address_and_by_those_that_do_not() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of("partner.example", new External.Self(null)), "", """
                Given the services
                  | service    | selects | serves         | type         | externalTrafficPolicy |
                  | shop/front | app=web | TCP/80 -> 8080 | LoadBalancer |                       |
                  | shop/kept  | app=web | TCP/80 -> 8080 | LoadBalancer | Local                 |
                Given on TCP/80 the truth table is
                  |                      | load balancer shop/front | load balancer shop/kept |
                  | host partner.example | open                     | open                    |
                  | shop/api             | open                     | open                    |
                When "shop" denies all ingress
                Then host "partner.example" can no longer reach load balancer "shop/kept" on TCP/80
                """)).as(problems()).containsExactly(Ending.PASSED);
            var kept = journal.stream().filter(Entry.Observed.class::isInstance).flatMap(e -> ((Entry.Observed) e).observations().stream())
                .filter(o -> o.probe().ends().equals(List.of(new Endpoint.Host("partner.example"),
                    new Endpoint.LoadBalancer(NamespacedName.parse("shop/kept")))) && o.outcome() instanceof Outcome.Connected)
                .map(o -> ((Outcome.Connected) o.outcome()).sourceSeen()).distinct().toList();
            assertThat(kept).singleElement().asString().startsWith("203.0.113.");
        }
    }

    @Test
    void are_skipped_with_what_to_do_where_a_load_balancer_is_given_no_address() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().balancersPending();
            assertThat(run(stub, ShopFixture.SHORT, Map.of("partner.example", new External.Self(null)), "", BALANCED))
                .containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains(
                "the load balancer of service shop/front has no address here: it was given none in time (EXTERNAL-IP <pending>)",
                "MetalLB");
        }
    }

    @Test
    void are_skipped_too_where_the_baseline_is_compared_with() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().balancersPending();
            assertThat(run(stub, ShopFixture.SHORT, Map.of(), "", """
                Given the services
                  | service    | selects | serves         | type         |
                  | shop/front | app=web | TCP/80 -> 8080 | LoadBalancer |
                When "shop" denies all egress
                Then "shop/api" can no longer reach load balancer "shop/front" on TCP/80
                """)).as(problems()).containsExactly(Ending.SKIPPED);
        }
    }

    @Test
    void dial_in_by_a_load_balancer_that_is_known_by_a_name_which_is_looked_up_once() throws IOException {
        var asked = Collections.synchronizedList(new ArrayList<String>());
        names = name -> {
            asked.add(name);
            // Nobody knows a new name at first.
            return asked.size() < 2 ? List.of() : List.of(InetAddress.ofLiteral(name.replace(".elb.example", "").replace('-', '.')));
        };
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().balancersNamed(address -> address.replace('.', '-') + ".elb.example");
            assertThat(run(stub, Map.of("partner.example", new External.Self(null)), "", BALANCED)).as(problems())
                .containsExactly(Ending.PASSED);
            assertThat(asked).hasSize(2).containsOnly(asked.getFirst());
        }
    }

    @Test
    void are_skipped_with_the_name_of_a_load_balancer_that_nobody_knows() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().balancersNamed(_ -> "front.elb.example");
            assertThat(run(stub, ShopFixture.SHORT, Map.of("partner.example", new External.Self(null)), "", BALANCED))
                .containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains("the load balancer of service shop/front is known by a name alone, front.elb.example, "
                + "and this machine's resolver has no address of it");
        }
    }

    @Test
    void hold_connections_into_the_cluster() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of("partner.example", new External.Self(null)), "", """
                Given host "partner.example" to "shop/web" on TCP/8080 is held open
                When "shop" denies all egress
                Then the connection host "partner.example" to "shop/web" on TCP/8080 survives
                """)).as(problems()).containsExactly(Ending.PASSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP/443", "UDP/500"})
    void hold_connections_whose_source_is_translated_on_the_way(String port) throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of("partner.example", new External.Self(null)), "", """
                Given "shop/web" to host "partner.example" on %1$s is held open
                When "shop" denies all ingress
                Then the connection "shop/web" to host "partner.example" on %1$s survives
                And the connection "shop/web" to host "partner.example" on %1$s loses no beat
                """.formatted(port))).as(problems()).containsExactly(Ending.PASSED);
        }
    }

    @Test
    void that_no_node_reaches_are_told_with_each_address_and_node() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of("partner.example", new External.Self("127.0.0.1")), "", """
                Then "shop/web" can reach host "partner.example" on TCP/443
                """)).containsExactly(Ending.ENVIRONMENT);
            assertThat(problems()).contains(
                "this machine cannot stand for the external host partner.example: 127.0.0.1: node-1 does not reach it (refused), node-2",
                "--external partner.example=self@ADDRESS");
        }
    }

    @Test
    void whose_port_is_taken_are_told_with_it() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.addHost(new ExternalHost("machine.example", List.of(new Port(Protocol.TCP, 9)), List.of("203.0.113.99")));
            try (var other = stub.network().sockets(MACHINE).listener(Family.IPV4)) {
                other.bind(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.99"), 443));
                assertThat(run(stub, Map.of("partner.example", new External.Self("203.0.113.99")), "", """
                    Then "shop/web" can reach host "partner.example" on TCP/443
                    """)).containsExactly(Ending.ENVIRONMENT);
            }
            assertThat(problems()).contains("203.0.113.99: TCP/443 cannot be served there (Address already in use");
        }
    }

    @Test
    void share_no_port_of_one_address() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of("partner.example", new External.Self(null), "office.example", new External.Self(null)), "", """
                Given the external hosts
                  | host           | serves  |
                  | office.example | TCP/443 |
                Then "shop/web" can reach host "partner.example" on TCP/443
                """)).containsExactly(Ending.ENVIRONMENT);
            assertThat(problems()).contains("cannot stand for the external host office.example", "TCP/443 serves partner.example there");
        }
    }

    @Test
    void that_the_feature_puts_elsewhere_are_skipped() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of("partner.example", new External.Self(null)), "198.51.100.7", """
                Then "shop/web" can reach host "partner.example" on TCP/443
                """)).containsExactly(Ending.SKIPPED);
            assertThat(problems())
                .contains("the feature says that the external host partner.example is at 198.51.100.7, and here it is at ");
        }
    }

    @Test
    void without_an_address_are_skipped_in_a_table_as_well() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, Map.of(), "", """
                When "shop" denies all egress
                Then exactly these flows broke
                  | from     | to                   | ports   |
                  | shop/web | host partner.example | TCP/443 |
                """)).containsExactly(Ending.SKIPPED);
            assertThat(problems())
                .contains("the external host partner.example has no address here; give one with --external partner.example=");
        }
    }
}

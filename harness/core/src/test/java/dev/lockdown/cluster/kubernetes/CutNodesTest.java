package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Birth;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A node of a cluster behind an API")
class CutNodesTest {
    private static final String FEATURE = """
        Feature: Cut off

          Scenario: one
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/web | app=web | TCP/8080 | node-2 |
              | shop/api | app=api | TCP/8080 | node-1 |
            When %s
            Then "shop/web" can reach "shop/api" on TCP/8080
        """;

    /// Writes down what it is told, and knows of chains and jumps only that they come and go.
    private static final String IPTABLES = """
        #!/bin/sh
        here=$(dirname "$0")
        me=$(basename "$0")
        echo "$me $*" >>"$here/told"
        shift 4
        case $1 in
        -N) echo "$2" >>"$here/$me.chains" ;;
        -I) touch "$here/$me.jump" ;;
        -D) rm "$here/$me.jump" 2>/dev/null ;;
        -X) sed -i "/^$2$/d" "$here/$me.chains" ;;
        -S) [ ! -f "$here/$me.chains" ] || sed 's/^/-N /' "$here/$me.chains" ;;
        esac
        """;

    @TempDir
    private Path folder;

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    private void tool(String name, String script) throws IOException {
        var file = Files.writeString(tools().resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path tools() throws IOException {
        return Files.createDirectories(folder.resolve("tools"));
    }

    private void iptables() throws IOException {
        tool("iptables", IPTABLES);
        tool("ip6tables", IPTABLES);
    }

    private List<String> told() throws IOException {
        var file = tools().resolve("told");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private List<Ending> run(StubApi stub, String step) throws IOException {
        stub.tools(tools());
        var feature = Files.writeString(folder.resolve("cut.feature"), FEATURE.formatted(step));
        var usual = ShopFixture.settings(folder);
        var settings = new Settings(usual.run(), usual.agentImage(), usual.namespaces(), usual.externals(), usual.acceptUnseen(), true,
            false, usual.keep(), usual.disposable(), usual.ledger());
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

    private <E extends Entry> E only(Class<E> kind) {
        return journal.stream().filter(kind::isInstance).map(kind::cast).reduce((_, _) -> {
            throw new AssertionError("several of " + kind);
        }).orElseThrow();
    }

    @Test
    void is_cut_off_from_the_api_by_rules_of_its_own_that_it_removes_in_time() throws IOException {
        iptables();
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, "node \"node-2\" is cut off from the Kubernetes API for 700 ms")).as(problems())
                .containsExactly(Ending.PASSED);
            var api = stub.network().apiServers().getFirst();
            assertThat(told()).filteredOn(t -> t.contains(" -A ")).singleElement().asString()
                .startsWith("iptables -w 30 -t mangle -A lockdown-api-run1-").contains(
                    String.format(Locale.ROOT, " -p tcp -d %s --dport %d -m time --datestop ", api.address().getHostAddress(), api.port()),
                    "--comment lockdown run-1 -j DROP");
            assertThat(told()).filteredOn(t -> t.contains(" -I POSTROUTING ")).hasSize(2);
            assertThat(tools().resolve("iptables.jump")).doesNotExist();
            assertThat(tools().resolve("iptables.chains")).isEmptyFile();
            assertThat(only(Entry.Disrupted.class).unattended()).isEqualTo(Unattended.ends(Duration.ofMillis(60_700)));
            var struck = Objects.requireNonNull(only(Entry.Healed.class).struck());
            assertThat(Duration.between(struck.from(), struck.until())).isBetween(Duration.ofMillis(700), Duration.ofSeconds(10));
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void of_every_node_is_cut_off_where_the_api_is_away() throws IOException {
        iptables();
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, "the Kubernetes API is away for 100 ms")).as(problems()).containsExactly(Ending.PASSED);
            assertThat(stub.calls()).filteredOn(c -> c.right().equals("create pods") && c.body().toString().contains("\"cut\""))
                .extracting(c -> c.body().at("/spec/nodeName").asText())
                .containsExactlyInAnyOrderElementsOf(
                    stub.calls().stream().filter(c -> c.right().equals("create pods") && c.body().toString().contains("\"check\""))
                        .map(c -> c.body().at("/spec/nodeName").asText()).toList())
                .hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void without_the_tools_is_left_alone_and_the_scenario_skipped() throws IOException {
        tool("iptables", "#!/bin/sh\necho 'iptables: Permission denied (you must be root)' >&2\nexit 4\n");
        tool("nft", "#!/bin/sh\necho 'cannot run nft here' >&2\nexit 1\n");
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, "node \"node-2\" is cut off from the Kubernetes API for 100 ms")).containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains("cannot be cut off from the API: cannot run nft here");
            assertThat(journal).noneMatch(e -> e instanceof Entry.Disrupted || e instanceof Entry.Applied);
        }
    }

    @Test
    void that_admits_no_privileged_pod_is_left_alone_and_the_scenario_skipped() throws IOException {
        iptables();
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().births(name -> name.name().startsWith("api-cut") ? Birth.NOT_ADMITTED : Birth.RUNS);
            assertThat(run(stub, "the Kubernetes API is away for 100 ms")).containsExactly(Ending.SKIPPED);
            assertThat(problems()).contains("the pod that would do it is refused: ", "violates PodSecurity");
            assertThat(told()).isEmpty();
        }
    }

    /// Whatever killed it, the run removes what it left and does not call it healed.
    @Test
    void whose_pod_is_killed_is_freed_by_another_and_the_scenario_fails() throws IOException {
        iptables();
        tool("sleep", "#!/bin/sh\n[ \"$1\" != 5.000 ] || kill -9 $PPID\nexec /bin/sleep 0.1\n");
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(run(stub, "node \"node-2\" is cut off from the Kubernetes API for 5 s")).as(problems())
                .doesNotContain(Ending.PASSED);
            assertThat(problems()).contains("it did not end as it should on node ", "; its rules are gone");
            assertThat(tools().resolve("iptables.jump")).doesNotExist();
            assertThat(tools().resolve("iptables.chains")).isEmptyFile();
        }
    }
}

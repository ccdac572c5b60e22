package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.check.FeatureCheck;
import dev.lockdown.check.FeaturesCheck;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Birth;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import dev.lockdown.spec.Upcoming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("Pods that the next scenario needs")
class ForeseenPodsTest {
    private static final String FIRST = """
        Feature: Foreseen
          Scenario: first
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/web | app=web | TCP/8080 | node-2 |
              | shop/api | app=api | TCP/8080 | node-1 |
            When "shop" denies all ingress
            Then "shop/web" cannot reach "shop/api" on TCP/8080
        """;
    private static final String SECOND = """
          Scenario: second
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/api | app=api | TCP/9090 | node-1 |
              | shop/new | app=new | TCP/9090 | node-1 |
              | else/any | app=any | TCP/9090 | node-2 |
            When "else" denies all ingress
            Then "shop/new" cannot reach "else/any" on TCP/9090
            But "else/any" can reach "shop/new" on TCP/9090
        """;

    @TempDir
    Path folder;

    private StubApi stub;
    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());
    private final List<String> createdBefore = new ArrayList<>();

    @BeforeEach
    void start() {
        stub = StubApi.start(folder, ShopFixture.RIGHTS);
    }

    @AfterEach
    void nothing_is_left() {
        try (var ended = stub) {
            assertThat(ended.leftovers()).isEmpty();
        }
    }

    private List<String> created() {
        return stub.calls().stream().filter(c -> c.right().equals("create pods") && !c.namespace().startsWith("lockdown"))
            .map(c -> c.namespace() + "/" + c.body().at("/metadata/name").asText()).toList();
    }

    private List<Ending> run(String text, Consumer<Entry> at) throws IOException {
        var feature = Files.writeString(folder.resolve("foreseen.feature"), text).toString();
        var specification = Specification.select(List.of(feature), 1, List.of());
        var asked = FeaturesCheck.of(List.of(feature), false).scenarios().stream()
            .collect(Collectors.toMap(FeatureCheck.Scenario::place, FeatureCheck.Scenario::requirements));
        try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG)) {
            var session = new Session(backend, entry -> {
                journal.add(entry);
                at.accept(entry);
            }, InstantSource.system(), () -> false).foreseeing(Upcoming.of(specification.scenarios(), asked));
            return specification.run(session, 1);
        }
    }

    private String problems() {
        return journal.stream().filter(e -> e instanceof Entry.StepFinished s && s.problem() != null).map(Object::toString).toList()
            .toString();
    }

    /// Let a scenario take as long as it needs for the pods that are begun meanwhile.
    private void atTheEndOfTheFirst(Entry entry, int pods) {
        if (!(entry instanceof Entry.ScenarioFinished) || !createdBefore.isEmpty()) return;
        var _ = new Polling().until(Duration.ofSeconds(pods > 2 ? 10 : 1), this::created, c -> c.size() >= pods);
        createdBefore.addAll(created());
    }

    @Test
    void are_begun_while_the_present_one_runs_without_labels_and_serving_nothing() throws IOException {
        var labels = new ArrayList<String>();
        var endings = run(FIRST + SECOND, entry -> {
            atTheEndOfTheFirst(entry, 4);
            if (entry instanceof Entry.ScenarioFinished && labels.isEmpty())
                stub.calls().stream().filter(c -> c.right().equals("create pods") && c.body().at("/metadata/name").asText().equals("any"))
                    .forEach(c -> labels.add(c.body().at("/metadata/labels").toString()));
        });
        assertThat(endings).as(problems()).containsExactly(Ending.PASSED, Ending.PASSED);
        assertThat(createdBefore).containsExactlyInAnyOrder("shop/web", "shop/api", "shop/new", "else/any");
        assertThat(labels).containsExactly("{\"lockdown.dev/run\":\"run-1\"}");
        assertThat(created()).as("and none besides").hasSize(4);
    }

    /// The first of them answers long before the second runs.
    @Test
    void are_waited_for_no_longer_than_the_last_of_them_takes() throws IOException {
        var begun = new TreeSet<String>();
        stub.faults().births(pod -> {
            // Admission asks as well, and holds the store meanwhile.
            if (Thread.currentThread().getName().equals("kubelet") && Set.of("any", "new").contains(pod.name()) && begun.add(pod.name())
                && begun.size() == 2)
                LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            return Birth.RUNS;
        });
        var endings = run(FIRST + SECOND, entry -> atTheEndOfTheFirst(entry, 4));
        assertThat(endings).as(problems()).containsExactly(Ending.PASSED, Ending.PASSED);
        assertThat(created()).containsExactlyInAnyOrder("shop/web", "shop/api", "shop/new", "else/any");
        assertThat(journal).filteredOn(Entry.Waiting.class::isInstance).map(Entry.Waiting.class::cast)
            .filteredOn(w -> w.what().contains("begun ahead")).allMatch(w -> w.lasted().toSeconds() < 15);
    }

    private static final String AGAIN = FIRST.substring(FIRST.indexOf('\n') + 1).replace("Scenario: first", "Scenario: again");

    private boolean wasWaitedForBefore(String scenario) {
        int line = (FIRST + AGAIN + SECOND).lines().toList().indexOf("  Scenario: " + scenario) + 1;
        return journal.stream().anyMatch(e -> e instanceof Entry.Waiting w && w.what().contains("begun ahead")
            && w.scenario().endsWith(":" + line));
    }

    @ParameterizedTest(name = "where the next one watches: {0}")
    @ValueSource(booleans = {false, true})
    void do_not_hold_up_a_scenario_that_has_all_its_pods_unless_they_would_disturb_it(boolean watches) throws IOException {
        stub.faults().births(pod -> {
            if (Thread.currentThread().getName().equals("kubelet") && pod.name().equals("any"))
                LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            return Birth.RUNS;
        });
        var again = watches ? AGAIN.replace("    When", WATCHED) : AGAIN;
        var endings = run(FIRST + again + SECOND, entry -> atTheEndOfTheFirst(entry, 3));
        assertThat(endings).as(problems()).containsExactly(Ending.PASSED, Ending.PASSED, Ending.PASSED);
        assertThat(wasWaitedForBefore("again")).isEqualTo(watches);
        assertThat(created()).as("and none twice").hasSize(4);
    }

    private static final String WATCHED = """
            And these flows are watched
              | from     | to       | ports    |
              | shop/web | shop/api | TCP/8080 |
            When""".indent(0).stripTrailing().replaceFirst("^ *", "    ");

    @Test
    void are_not_begun_while_flows_are_watched() throws IOException {
        var endings = run(FIRST.replace("    When", WATCHED) + SECOND, entry -> atTheEndOfTheFirst(entry, 2));
        assertThat(endings).as(problems()).containsExactly(Ending.PASSED, Ending.PASSED);
        assertThat(createdBefore).containsExactlyInAnyOrder("shop/web", "shop/api");
    }

    @Test
    void are_started_by_the_next_where_they_cannot_be_ahead() throws IOException {
        stub.faults().calls(call -> call.right().equals("create pods") && call.namespace().equals("else") && createdBefore.isEmpty()
            ? new Fate.Refused(403, "Forbidden", "exceeded quota") : new Fate.Answered());
        var endings = run(FIRST + SECOND, entry -> atTheEndOfTheFirst(entry, 4));
        assertThat(endings).as(problems()).containsExactly(Ending.PASSED, Ending.PASSED);
        assertThat(created()).contains("else/any");
    }

    @Test
    void are_removed_with_all_the_rest_where_the_run_ends_before_they_are_there() throws IOException {
        var feature = Files.writeString(folder.resolve("foreseen.feature"), FIRST + SECOND).toString();
        var second = FeaturesCheck.of(List.of(feature), false).scenarios().getLast().requirements();
        try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG);
                var cluster = backend.start(Needs.DEFAULT)) {
            cluster.apply(ShopFixture.CAST);
            cluster.foresee(List.of(second));
            var _ = new Polling().until(Duration.ofSeconds(10), this::created, c -> c.size() > 2);
        }
        assertThat(created()).hasSizeGreaterThan(2);
    }
}

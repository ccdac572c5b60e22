package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.chaos.TimeWording;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A run that watches flows")
class WindowsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FEATURE = """
        Feature: Watched

          Background:
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/web | app=web | TCP/8080 | node-1 |
              | shop/api | app=api | TCP/8080 | node-2 |
            And these flows are watched every 2 ms
              | from     | to       | ports    |
              | shop/web | shop/api | TCP/8080 |

          Scenario: Cut off and back
            When "shop" denies all ingress
            Then "shop/web" to "shop/api" on TCP/8080 is cut off within %s
            When every policy of "shop" is deleted
            Then "shop/web" to "shop/api" on TCP/8080 is back within 10 s
        """;

    @TempDir
    private Path folder;

    private ExitStatus run(Typist typist, String within) throws IOException {
        return typist.types("run", Files.writeString(folder.resolve("watched.feature"), FEATURE.formatted(within)).toString());
    }

    private RunFolder last() throws IOException {
        try (var runs = Files.list(folder.resolve("reports"))) {
            return new RunFolder(runs.findFirst().orElseThrow());
        }
    }

    private static JsonNode windows(RunFolder run) throws IOException {
        var document = JSON.readTree(run.windows().toFile());
        try (var schema = Objects.requireNonNull(WindowsTest.class.getResourceAsStream("/dev/lockdown/schema/windows.schema.json"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema).validate(document)).isEmpty();
        }
        return document;
    }

    private List<Entry.Measured> measured() throws IOException {
        return JournalReader.read(last().path()).stream().filter(Entry.Measured.class::isInstance).map(Entry.Measured.class::cast).toList();
    }

    @Test
    void records_what_was_asked_beside_what_was_measured() throws IOException {
        assertThat(run(new Typist(folder, InstantSource.system()), "10 s")).isEqualTo(ExitStatus.OK);
        assertThat(measured()).extracting(m -> m.verdict().ruling()).containsExactly(TimeVerdict.Ruling.HOLDS, TimeVerdict.Ruling.HOLDS);
        assertThat(measured()).extracting(m -> m.verdict().claim().bound()).containsOnly(Duration.ofSeconds(10));
        assertThat(measured()).allSatisfy(m -> assertThat(m.verdict().window()).isNotNull());
    }

    @Test
    void judges_again_from_its_files_what_was_measured() throws IOException {
        assertThat(run(new Typist(folder, InstantSource.system()), "10 s")).isEqualTo(ExitStatus.OK);
        assertThat(again()).isEqualTo(measured());
        var journal = last().journal();
        Files.writeString(journal, Files.readString(journal).replace("\"ruling\":\"holds\"", "\"ruling\":\"fails\""));
        assertThat(measured()).extracting(m -> m.verdict().ruling()).containsOnly(TimeVerdict.Ruling.FAILS);
        assertThat(again()).extracting(m -> m.verdict().ruling()).containsOnly(TimeVerdict.Ruling.HOLDS);
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types("report", last().path().toString())).isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("2 verdicts, 2 of them not as recorded",
            "shop/web to shop/api on TCP/8080 was recorded as false, and judged again it is true: shop");
    }

    private List<Entry.Measured> again() throws IOException {
        var builder = new RunBuilder();
        JournalReader.read(last().path()).forEach(builder);
        JournalReader.samples(last().path(), _ -> {}, builder);
        return builder.run().scenarios().getFirst().steps().stream().flatMap(s -> s.measured().stream()).toList();
    }

    @Test
    void makes_the_same_windows_from_its_files_alone() throws IOException {
        assertThat(run(new Typist(folder, InstantSource.system()), "10 s")).isEqualTo(ExitStatus.OK);
        var made = windows(last());
        assertThat(made.get("windows")).extracting(w -> w.get("kind").asText()).containsExactly("cut-off", "back");
        assertThat(made.get("windows")).extracting(w -> w.get("cause").asText())
            .containsExactly("policy shop/deny-all-ingress applied", "policy shop/deny-all-ingress deleted");
        Files.delete(last().windows());
        Files.delete(last().html());
        assertThat(new Typist(folder, InstantSource.system()).types("report", last().path().toString())).isEqualTo(ExitStatus.OK);
        assertThat(windows(last())).isEqualTo(made);
        assertThat(last().html()).exists();
    }

    @Test
    void tells_what_was_done_on_purpose_and_judges_what_was_outside_of_it_again() throws IOException {
        var feature = Files.writeString(folder.resolve("disrupted.feature"), """
            Feature: Disrupted

              Scenario: A link is down
                Given the pods
                  | pod      | labels  | serves   | node   |
                  | shop/web | app=web | TCP/8080 | node-1 |
                  | shop/api | app=api | TCP/8080 | node-2 |
                And these flows are watched every 2 ms
                  | from     | to       | ports    |
                  | shop/web | shop/api | TCP/8080 |
                When the link of "shop/api" is down for 100 ms
                Then "shop/web" to "shop/api" on TCP/8080 was never shut for longer than 5 s
                And "shop/web" to "shop/api" on TCP/8080 was never shut for longer than 1 s outside the disruptions
            """);
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types("run", feature.toString())).isEqualTo(ExitStatus.OK);
        var made = windows(last());
        assertThat(made.get("disruptions")).singleElement().satisfies(d -> {
            assertThat(d.get("words").asText()).isEqualTo("the link of shop/api is down for 100 ms");
            assertThat(d.get("healedMs").asDouble()).isBetween(100.0, 20_000.0);
            assertThat(d.get("overMs").asDouble()).isGreaterThan(d.get("healedMs").asDouble());
            assertThat(d.get("problem").isNull()).isTrue();
        });
        assertThat(made.get("windows")).extracting(w -> w.get("kind").asText()).contains("gap");
        assertThat(measured()).extracting(m -> m.verdict().ruling()).containsOnly(TimeVerdict.Ruling.HOLDS);
        Files.delete(last().windows());
        var reporting = new Typist(folder, InstantSource.system());
        assertThat(reporting.types("report", last().path().toString())).isEqualTo(ExitStatus.OK);
        assertThat(reporting.out()).contains("all as recorded");
        assertThat(windows(last())).isEqualTo(made);
    }

    @Test
    void refuses_a_bound_that_lies_between_two_samples_before_anything_starts() throws IOException {
        var typist = new Typist(folder, InstantSource.system());
        assertThat(run(typist, "1 ms")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("1 ms is shorter than the 2 ms between two samples");
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @Test
    void proves_nothing_of_a_flow_that_was_never_open() throws IOException {
        var feature = Files.writeString(folder.resolve("shut.feature"), """
            Feature: Shut

              Scenario: It was shut before
                Given the pods
                  | pod      | labels  | serves   | node   |
                  | shop/web | app=web | TCP/8080 | node-1 |
                  | shop/api | app=api | TCP/8080 | node-2 |
                And "shop" denies all ingress
                And these flows are watched
                  | from     | to       | ports    |
                  | shop/web | shop/api | TCP/8080 |
                When "shop" denies all egress
                Then "shop/web" to "shop/api" on TCP/8080 is cut off within 10 s
            """);
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types("run", feature.toString())).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(measured()).extracting(m -> m.verdict().doubt()).containsExactly(TimeVerdict.Doubt.NEVER_OPEN);
    }

    /// With something between the two times, so that the flow is seen open there even where a sample is missed.
    private static final String AGAIN = """
        Feature: Again

          Scenario: Time after time
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/web | app=web | TCP/8080 | node-1 |
              | shop/api | app=api | TCP/8080 | node-2 |
            And these flows are watched every 2 ms
              | from     | to       | ports    |
              | shop/web | shop/api | TCP/8080 |
            When these happen in turn, 2 times
              | policy "deny-all-ingress" of "shop" comes and goes for 100 ms |
              | "shop/web" is relabelled "app=other" for 50 ms                |
            Then "shop/web" to "shop/api" on TCP/8080 is cut off within 2 s, 1 of 2 times
        """;

    @Test
    void keeps_what_came_time_after_time_together_over_all_repetitions() throws IOException {
        var feature = Files.writeString(folder.resolve("again.feature"), AGAIN);
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types("run", feature.toString(), "--repeat", "3")).isEqualTo(ExitStatus.OK);
        var made = windows(last());
        assertThat(made.get("distributions")).hasSize(3);
        assertThat(made.get("distributions")).allSatisfy(d -> {
            assertThat(d.get("repetitions").asInt()).isEqualTo(3);
            assertThat(d.get("ended").asInt() + d.get("notEnded").asInt()).isEqualTo(6);
            assertThat(d.get("p95Ms").isNull()).isTrue();
            assertThat(d.get("scenario").asText()).endsWith("again.feature:3");
        });
        var asked = made.get("distributions").get(0);
        assertThat(asked.get("asked").toString()).isEqualTo("{\"line\":14,\"withinMs\":2000.0,\"needed\":1,\"of\":2}");
        assertThat(asked.get("kind").asText()).isEqualTo("cut-off");
        assertThat(asked.get("proves").get("inTime").asInt()).isEqualTo(6);
        assertThat(asked.get("proves").get("atLeastPercent").asDouble()).isEqualTo(60.6);
        assertThat(made.get("distributions")).extracting(d -> d.get("kind").asText()).containsExactly("cut-off", "cut-off", "back");
        Files.delete(last().windows());
        assertThat(new Typist(folder, InstantSource.system()).types("report", last().path().toString())).isEqualTo(ExitStatus.OK);
        assertThat(windows(last())).isEqualTo(made);
    }

    private static final String LEFT_OPEN = """
        Feature: Left open

          Scenario: A block covers a pod
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/web | app=web | TCP/8080 | node-1 |
              | shop/api | app=api | TCP/8080 | node-2 |
              | shop/db  | app=db  | TCP/8080 | node-2 |
            And these flows are watched every 2 ms
              | from     | to       | ports    |
              | shop/web | shop/api | TCP/8080 |
              | shop/web | shop/db  | TCP/8080 |
            When this policy is applied to "shop"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: by-block}
              spec:
                podSelector: {matchLabels: {app: api}}
                ingress:
                - from: [{ipBlock: {cidr: 0.0.0.0/0}}]
              \"""
            Then "shop/web" to "shop/api" on TCP/8080 was never %s
        """;

    @Test
    void records_and_does_not_judge_what_the_api_leaves_open() throws IOException {
        var other = "    And \"shop/web\" to \"shop/db\" on TCP/8080 was never shut\n";
        for (var claim : List.of("shut", "open")) {
            var feature = Files.writeString(folder.resolve(claim + ".feature"), LEFT_OPEN.formatted(claim) + other);
            var typist = new Typist(folder, InstantSource.system());
            assertThat(typist.types("run", feature.toString(), "--report", folder.resolve(claim).toString())).isEqualTo(ExitStatus.OK);
            RunFolder run;
            try (var runs = Files.list(folder.resolve(claim))) {
                run = new RunFolder(runs.findFirst().orElseThrow());
            }
            var made = windows(run);
            assertThat(made.get("claims")).extracting(c -> c.get("ruling").asText()).containsExactly("not-judged", "holds");
            assertThat(made.get("claims").get(0).get("leftOpen").asText()).startsWith("https://kubernetes.io/docs/");
            assertThat(JournalReader.read(run.path()).stream().filter(Entry.Sampled.class::isInstance)).isEmpty();
            assertThat(Files.readString(run.samples())).contains("\"flow\":0");
            var again = new Typist(folder, InstantSource.system());
            assertThat(again.types("report", run.path().toString())).isEqualTo(ExitStatus.OK);
            assertThat(again.out()).contains("all as recorded");
            assertThat(windows(run)).isEqualTo(made);
        }
    }

    @Test
    void proves_nothing_where_all_that_it_asks_is_left_open() throws IOException {
        var feature = Files.writeString(folder.resolve("all.feature"), LEFT_OPEN.formatted("shut"));
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types("run", feature.toString())).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(measured()).singleElement().satisfies(
            m -> assertThat(TimeWording.of("it", m.verdict()))
                .startsWith("it, asked never shut, not judged: the API leaves this open: http"));
    }

    @Test
    void refuses_a_time_for_soaks_that_is_none_or_that_no_scenario_has() throws IOException {
        var feature = Files.writeString(folder.resolve("again.feature"), AGAIN).toString();
        for (var wrong : List.of("0s", "-5m", "8760h", "25h", "soon")) {
            var typist = new Typist(folder, InstantSource.system());
            assertThat(typist.types("run", feature, "--for", wrong)).as(wrong).isEqualTo(ExitStatus.BAD_INPUT);
            assertThat(typist.err()).contains("\"%s\" is ".formatted(wrong));
        }
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types("run", feature, "--for", "1m")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err())
            .contains("--for is how long scenarios tagged @soak go on, and none of those that are selected is; type @soak");
        assertThat(folder.resolve("reports")).doesNotExist();
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.FateVerdict.Doubt;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A run that holds connections")
class FatesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FEATURE = """
        Feature: Held

          %s
          Scenario: Denied
            Given the pods
              | pod      | labels  | serves   | node   |
              | shop/web | app=web | TCP/8080 | node-1 |
              | shop/api | app=api | %s | node-2 |
            %s
            When "shop" denies all ingress
            Then the connection "shop/web" to "shop/api" on %s %s
        """;

    @TempDir
    private Path folder;

    private ExitStatus run(Typist typist, String tag, String port, String given, String claim) throws IOException {
        var feature = FEATURE.formatted(tag, port, given, port, claim);
        return typist.types("run", Files.writeString(folder.resolve("held.feature"), feature).toString());
    }

    private ExitStatus run(String tag, String port, String claim) throws IOException {
        return run(typist(), tag, port, held(port), claim);
    }

    private Typist typist() {
        return new Typist(folder, InstantSource.system());
    }

    private static String held(String port) {
        return "And \"shop/web\" to \"shop/api\" on %s is held open".formatted(port);
    }

    private RunFolder last() throws IOException {
        try (var runs = Files.list(folder.resolve("reports"))) {
            return new RunFolder(runs.findFirst().orElseThrow());
        }
    }

    private static JsonNode windows(RunFolder run) throws IOException {
        var document = JSON.readTree(run.windows().toFile());
        try (var schema = Objects.requireNonNull(FatesTest.class.getResourceAsStream("/dev/lockdown/schema/windows.schema.json"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema).validate(document)).isEmpty();
        }
        return document;
    }

    private List<Entry.FateMeasured> measured() throws IOException {
        return JournalReader.read(last().path()).stream().filter(Entry.FateMeasured.class::isInstance)
            .map(Entry.FateMeasured.class::cast).toList();
    }

    @Test
    void tells_the_same_fate_from_its_files_alone() throws IOException {
        assertThat(run("@established:silent", "UDP/5353", "carries replies only")).isEqualTo(ExitStatus.OK);
        var made = windows(last());
        assertThat(made.get("fates")).singleElement().satisfies(fate -> {
            assertThat(fate.get("fate").asText()).isEqualTo("replies-only");
            assertThat(fate.get("goesOn").asText()).isEqualTo("replies");
            assertThat(fate.get("cause").asText()).isEqualTo("policy shop/deny-all-ingress applied");
            assertThat(fate.get("flow").get("port").asInt()).isEqualTo(5353);
        });
        Files.delete(last().windows());
        var again = typist();
        assertThat(again.types("report", last().path().toString())).isEqualTo(ExitStatus.OK);
        assertThat(again.out()).contains("1 fate of connections, all as recorded");
        assertThat(windows(last())).isEqualTo(made);
    }

    @Test
    void is_not_as_recorded_when_somebody_changed_its_beats() throws IOException {
        assertThat(run("", "TCP/8080", "survives")).isEqualTo(ExitStatus.OK);
        var samples = last().samples();
        Files.writeString(samples, Files.readString(samples).replace("\"beat\":\"arrived\"", "\"beat\":\"lost\""));
        var again = typist();
        assertThat(again.types("report", last().path().toString())).isEqualTo(ExitStatus.FAILED);
        assertThat(again.out()).contains("1 of them not as recorded", "it never carried beats both ways");
    }

    @Test
    void fails_where_a_connection_fares_otherwise() throws IOException {
        assertThat(run("@established:reset", "TCP/8080", "survives")).isEqualTo(ExitStatus.FAILED);
        assertThat(measured()).singleElement().satisfies(m -> {
            assertThat(m.verdict().ruling()).isEqualTo(Ruling.FAILS);
            assertThat(m.verdict().fate()).isInstanceOf(Fate.Reset.class);
        });
    }

    @Test
    void proves_nothing_of_a_connection_that_never_worked() throws IOException {
        assertThat(run(typist(), "", "TCP/8080", "And \"shop\" denies all egress\n    "
            + held("TCP/8080"), "goes silent")).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(measured()).extracting(m -> m.verdict().doubt()).containsExactly(Doubt.NEVER_WORKED);
    }

    @Test
    void asks_for_the_connection_to_be_held_before_anything_starts() throws IOException {
        var typist = typist();
        assertThat(run(typist, "", "TCP/8080", "", "survives")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("is not held open", "Given \"shop/web\" to \"shop/api\" on TCP/8080 is held open");
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @Test
    void refuses_beats_that_come_too_seldom() throws IOException {
        var typist = typist();
        assertThat(run(typist, "", "TCP/8080", held("TCP/8080") + " every 1 h", "survives")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("is too seldom", "every 1.0 s at most");
    }

    @Test
    void refuses_a_treatment_that_there_is_not() throws IOException {
        var typist = typist();
        assertThat(run(typist, "@established:survive", "TCP/8080", held("TCP/8080"), "survives")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("there is no tag @established:survive", "@established:survives");
    }
}

package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Real runs: two of a cluster that drops, one of one that rejects, one with a defect.
@NamespacesAvailable
@TestInstance(Lifecycle.PER_CLASS)
@DisplayName("Two runs")
class CompareCommandTest {
    private static final String FEATURE = """
        Feature: Compared

          Background:
            Given the pods
              | pod      | labels  | serves             | node   |
              | shop/web | app=web | TCP/8080, UDP/5353 | node-1 |
              | shop/api | app=api | TCP/8080, UDP/5353 | node-1 |
            And these flows are watched every 2 ms
              | from     | to       | ports    |
              | shop/web | shop/api | TCP/8080 |

          Scenario: Cut off
            When "shop" denies all ingress
            Then "shop/web" cannot reach "shop/api" on TCP/8080 and UDP/5353
            But "shop/web" can resolve kubernetes.default.svc.cluster.local

          Scenario: By the policies
            When this policy is applied to "shop"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: a-port}
              spec: {podSelector: {}, ingress: [{ports: [{port: 5353}]}]}
              \"""
            Then every flow is as the policies say
        """;

    private Path folder;
    private Path feature;
    private Path dropped;
    private Path droppedAgain;
    private Path rejected;
    private Path broken;

    @BeforeAll
    void run(@TempDir Path temporary) throws IOException {
        folder = temporary;
        feature = Files.writeString(folder.resolve("compared.feature"), FEATURE);
        dropped = run("dropped");
        droppedAgain = run("again");
        rejected = run("rejected", "--rejecting");
        broken = run("broken", "--defect", "port-without-protocol-as-any");
    }

    private Path run(String name, String... options) throws IOException {
        var words = new ArrayList<>(List.of("run", feature.toString(), "--report", folder.resolve(name).toString(), "--history",
            folder.resolve("history-" + name).toString()));
        words.addAll(List.of(options));
        new Typist(folder, InstantSource.system()).types(words.toArray(String[]::new));
        try (var runs = Files.list(folder.resolve(name))) {
            return runs.findFirst().orElseThrow();
        }
    }

    private String compared(ExitStatus expected, Object... words) {
        var typist = new Typist(folder, InstantSource.system());
        var all = new ArrayList<>(List.of("compare"));
        for (var word : words) all.add(word.toString());
        assertThat(typist.types(all.toArray(String[]::new))).as(typist.err() + typist.out()).isEqualTo(expected);
        return typist.out() + typist.err();
    }

    @Test
    void of_one_cluster_differ_in_nothing() {
        assertThat(compared(ExitStatus.OK, dropped, droppedAgain)).contains("nothing differs in 2 scenarios, ");
    }

    @Test
    void of_which_one_rejects_differ_in_how_and_in_no_verdict() {
        assertThat(compared(ExitStatus.OK, dropped, rejected)).contains("TCP: was dropped, is rejected in 2 steps",
            "UDP: was dropped, is rejected in 2 steps", "no verdict differs");
    }

    @Test
    void of_which_one_has_a_defect_differ_flow_by_flow() {
        assertThat(compared(ExitStatus.FAILED, dropped, broken)).contains("1 scenario ends otherwise",
            "shop/web to shop/api on UDP/5353: was blocked (dropped), is open, against the step", "the network behaves otherwise");
    }

    @Test
    void are_told_as_markdown_and_as_json_too() throws IOException {
        assertThat(compared(ExitStatus.FAILED, dropped, broken, "--output", "markdown"))
            .contains("| where | what | was | is |", "| shop/web to shop/api on UDP/5353 | blocked (dropped) | open, against the step |");
        var typist = new Typist(folder, InstantSource.system());
        typist.types("compare", dropped.toString(), broken.toString(), "--output", "json");
        var document = new ObjectMapper().readTree(typist.out());
        try (var schema = Objects.requireNonNull(getClass().getResourceAsStream("/dev/lockdown/schema/compare.schema.json"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema).validate(document))
                .isEmpty();
        }
        assertThat(document.at("/comparisons/0/otherwise").asBoolean()).isTrue();
    }

    @Test
    void are_compared_by_what_a_history_keeps_of_them() throws IOException {
        var kept = only(folder.resolve("history-broken"));
        assertThat(compared(ExitStatus.FAILED, dropped, kept)).contains("shop/web to shop/api on UDP/5353");
        assertThat(compared(ExitStatus.OK, only(folder.resolve("history-dropped")).getParent(), dropped)).contains("nothing differs");
        var digest = HistoryFolder.readFile(kept, note -> {
            throw new AssertionError(note);
        });
        assertThat(digest.scenarios()).extracting(s -> s.worst().name()).containsExactly("PASSED", "FAILED");
        assertThat(digest.scenarios().getFirst().windows()).isNotEmpty();
    }

    @Test
    void may_be_those_of_the_cells_of_two_nights() throws IOException {
        var nights = List.of(night("first", dropped), night("second", rejected));
        assertThat(compared(ExitStatus.OK, nights.getFirst(), nights.getLast())).contains("blocked otherwise in 4 steps");
    }

    /// With what a night has of each cell: a line, and its run.
    private Path night(String name, Path run) throws IOException {
        var night = Files.createDirectories(folder.resolve(name));
        Files.writeString(night.resolve("cells.jsonl"), "{\"cell\":\"one\"}\n");
        var copy = Files.createDirectories(night.resolve("one").resolve(run.getFileName()));
        Files.copy(run.resolve("journal.jsonl"), copy.resolve("journal.jsonl"));
        return night;
    }

    @Test
    void are_kept_in_lines_as_their_schema_says() throws IOException {
        try (var schema = Objects.requireNonNull(getClass().getResourceAsStream("/dev/lockdown/schema/history-line.schema.json"))) {
            var of = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
            for (var line : Files.readAllLines(only(folder.resolve("history-broken"))))
                assertThat(of.validate(new ObjectMapper().readTree(line))).as(line).isEmpty();
        }
    }

    private static Path only(Path history) throws IOException {
        try (var all = Files.walk(history)) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void whose_file_was_cut_off_or_merged_by_git_are_read_as_far_as_they_are_whole() throws IOException {
        var whole = Files.readString(only(folder.resolve("history-dropped")));
        var cut = Files.writeString(folder.resolve("cut.jsonl"), whole.substring(0, whole.length() - 40));
        assertThat(compared(ExitStatus.OK, dropped, cut)).contains("nothing differs in 1 scenario, ",
            "cut.jsonl:5: the line is torn and left out",
            "cut.jsonl was cut off: 1 of its scenarios are missing");
        var merged = Files.writeString(folder.resolve("merged.jsonl"),
            "<<<<<<< HEAD\n%s=======\n%s>>>>>>> other\n".formatted(whole, Files.readString(only(folder.resolve("history-broken")))));
        assertThat(compared(ExitStatus.OK, dropped, merged)).contains("nothing differs in 2 scenarios", "git's conflict marks");
    }

    @Test
    void that_have_nothing_in_common_or_are_none_are_refused() throws IOException {
        var later = Files.writeString(folder.resolve("later.jsonl"), "{\"schema\":99,\"run\":\"x\"}\n");
        assertThat(compared(ExitStatus.BAD_INPUT, dropped, later)).contains("later.jsonl:1: the digest has schema 99", "or a newer one");
        assertThat(compared(ExitStatus.BAD_INPUT, dropped, folder.resolve("nowhere"))).contains("there is no ", "expected a run's folder");
        assertThat(compared(ExitStatus.BAD_INPUT, dropped, Files.writeString(folder.resolve("any.json"), "{}")))
            .contains("any.json is neither a run nor a fingerprint");
        var other = Files.writeString(folder.resolve("other.jsonl"),
            Files.readString(only(folder.resolve("history-dropped"))).replace("\"name\":\"", "\"name\":\"another "));
        assertThat(compared(ExitStatus.BAD_INPUT, dropped, other)).contains("have no scenario and no answer of a fingerprint in common");
    }

    @Test
    void may_be_fingerprints() throws IOException {
        var text =
            "{\"schema\":1,\"cluster\":\"c\",\"at\":\"2026-11-28T00:00:00Z\",\"traits\":[{\"id\":\"own-node\",\"answer\":\"%s\",\"behaviour\":\"%s\"}]}";
        var one = Files.writeString(folder.resolve("one.json"), text.formatted("reset after 1 ms", "reset"));
        var same = Files.writeString(folder.resolve("same.json"), text.formatted("reset after 3 ms", "reset"));
        var other = Files.writeString(folder.resolve("two.json"), text.formatted("survives", "survives"));
        assertThat(compared(ExitStatus.OK, one, same)).contains("nothing differs in 1 answer of the fingerprint");
        assertThat(compared(ExitStatus.FAILED, one, other)).contains("own-node: was reset, is survives");
    }
}

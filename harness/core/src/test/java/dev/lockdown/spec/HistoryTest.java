package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Journal;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.JudgedAgain;
import dev.lockdown.report.Run;
import dev.lockdown.report.json.RunJson;
import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Doubt;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wording;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real run with verdicts of every kind, written as a journal and read back.
@NamespacesAvailable
@DisplayName("The history of a run")
class HistoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FEATURE = """
        Feature: Verdicts of every kind

          Background:
            Given the pods
              | pod           | labels       | serves             | node   |
              | shop/web      | app=web      | TCP/8080           | node-2 |
              | shop/api      | app=api, n=1 | TCP/8080, UDP/5353 | node-1 |
              | shop/api-twin | app=api, n=2 | TCP/8080           | node-2 |
            And the services
              | service  | selects | serves         |
              | shop/api | app=api | TCP/80 -> 8080 |
              | shop/none | app=none | TCP/80 |
            And the external hosts
              | host            | serves  |
              | partner.example | TCP/443 |

          Scenario: What holds
            Given "shop" denies all ingress and egress
            When "shop/web" is allowed egress to "shop/api" on TCP/8080
            And "shop/api" is allowed ingress from "shop/web" on TCP/8080
            Then on TCP/8080 the truth table is
              |          | shop/web | shop/api |
              | shop/web | -        | open     |
              | shop/api | blocked  | -        |
            And on TCP/80 the truth table is
              |          | service shop/api |
              | shop/web | mixed            |
            And "shop/web" can no longer
              | resolve | kubernetes.default.svc.cluster.local |          |
              | reach   | the Kubernetes API                   | TCP/443  |
              | reach   | host "partner.example"               | TCP/443  |
            And "shop/api" cannot send "shop/web" an unasked datagram
            And the node of "shop/web" can still reach "shop/web" on TCP/8080
            And every flow is as the policies say
            When "shop/web" is relabelled "app=other"
            Then "shop/web" can still reach "shop/api" on TCP/8080

          Scenario: What does not hold
            When this policy is applied to "shop"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: guard, annotations: {kubectl.kubernetes.io/last-applied-configuration: SECRET}} # TICKET
              spec: {podSelector: {matchLabels: {app: api}}}
              \"""
            Then on TCP/8080 the truth table is
              |          | shop/api | shop/api-twin |
              | shop/web | open     | blocked       |

          Scenario: What proves nothing
            Then "shop/web" cannot reach service "shop/none" on TCP/80
            And "shop/web" cannot resolve nobody.shop.svc.cluster.local
        """;

    @TempDir
    private static Path folder;
    private static List<Entry> told = List.of();
    private static RunFolder written = new RunFolder(Path.of(""));

    @BeforeAll
    static void play() throws IOException {
        var play = Play.of(folder, FEATURE);
        var start = Instant.parse("2026-11-28T06:00:00Z");
        var entries = new ArrayList<Entry>();
        entries
            .add(new Entry.RunStarted(start, "r", "0.1.0", "embedded · 2 nodes", 7, List.of("./lockdown", "run", "--cluster", "embedded")));
        entries.addAll(play.journal);
        entries.add(new Entry.RunFinished(start, 1, Duration.ofSeconds(3), null));
        told = List.copyOf(entries);
        written = RunFolder.create(folder.resolve("reports"), Clock.fixed(start, ZoneOffset.UTC));
        try (var journal = Journal.in(written)) {
            told.forEach(journal::append);
        }
    }

    private static List<Cell> cells(List<Entry> entries) {
        return entries.stream().filter(Entry.Judged.class::isInstance).map(Entry.Judged.class::cast)
            .flatMap(j -> j.judgement().cells().stream()).toList();
    }

    private static List<Cell> told() {
        return cells(told);
    }

    @Test
    void has_verdicts_of_every_kind() {
        assertThat(told()).extracting(c -> c.verdict().getClass().getSimpleName()).contains("Open", "Blocked", "Mixed", "Inconclusive");
        assertThat(told()).filteredOn(c -> !c.agrees()).hasSizeGreaterThan(1);
    }

    @Test
    void gives_back_every_cell_with_its_question_its_control_and_its_reasons() throws IOException {
        var read = cells(JournalReader.read(written.path()));
        assertThat(read).hasSameSizeAs(told());
        for (int i = 0; i < read.size(); i++) {
            var cell = read.get(i);
            var original = told().get(i);
            assertThat(cell.question()).isEqualTo(original.question());
            assertThat(cell.verdict().getClass()).isEqualTo(original.verdict().getClass());
            assertThat(cell.control().getClass()).isEqualTo(original.control().getClass());
            assertThat(Wording.because(cell)).isEqualTo(Wording.because(original));
            assertThat(cell.evidence()).isEqualTo(original.evidence());
            assertThat(cell.agrees()).isEqualTo(original.agrees());
            assertThat(cell.cause()).isEqualTo(original.cause());
            assertThat(cell.observations()).hasSameSizeAs(original.observations());
        }
    }

    @Test
    void holds_every_round_every_look_and_every_change_with_its_manifest() {
        var observed = told.stream().filter(Entry.Observed.class::isInstance).map(Entry.Observed.class::cast).toList();
        assertThat(observed).extracting(Entry.Observed::purpose).contains(Entry.Purpose.BASELINE, Entry.Purpose.VERDICT,
            Entry.Purpose.SENTINEL, Entry.Purpose.CONTROL);
        var read = JournalReader.read(written.path());
        assertThat(read).filteredOn(Entry.Observed.class::isInstance).hasSameSizeAs(observed);
        assertThat(roundsBeforeJudgements()).hasSize(4)
            .allSatisfy((judged, rounds) -> assertThat(judged.judgement().rounds()).isEqualTo(rounds));
        var edits = read.stream().filter(Entry.Applied.class::isInstance).map(Entry.Applied.class::cast).flatMap(a -> a.edits().stream())
            .toList();
        assertThat(edits).filteredOn(e -> e.verb() != Edit.Verb.RELABELLED).allMatch(e -> e.manifest() != null);
        assertThat(edits).filteredOn(e -> e.name().equals("shop/guard")).singleElement()
            .satisfies(e -> assertThat(e.manifest()).contains("guard", "app: ").doesNotContain("SECRET", "TICKET"))
            .satisfies(e -> assertThat(e.file() + ":" + e.line()).endsWith("play.feature:41"));
    }

    /// The first judgement of each block of verdict steps, with how many rounds were asked for the block.
    private static Map<Entry.Judged, Integer> roundsBeforeJudgements() {
        var blocks = new LinkedHashMap<Entry.Judged, Integer>();
        int rounds = 0;
        for (var entry : told) {
            if (entry instanceof Entry.Observed o && o.purpose() == Entry.Purpose.VERDICT) rounds++;
            if (entry instanceof Entry.Judged judged && rounds > 0) {
                blocks.put(judged, rounds);
                rounds = 0;
            }
        }
        return blocks;
    }

    @Test
    void is_judged_again_from_the_file_alone_with_the_same_verdicts() {
        var again = new JudgedAgain(_ -> {});
        JournalReader.read(written.path(), _ -> {}, again);
        assertThat(again.verdicts()).isEqualTo(told().size());
        assertThat(again.differing()).isEmpty();
        assertThat(again.verdicts()).isPositive();
    }

    @Test
    void tells_a_verdict_that_does_not_come_out_as_it_was_recorded() {
        var again = new JudgedAgain(_ -> {});
        JournalReader.read(written.path()).stream().map(HistoryTest::withBlockedCalledOpen).forEach(again);
        assertThat(again.differing()).hasSizeGreaterThan(3);
        assertThat(again.differing().getFirst().toString()).contains("was recorded as open, and judged again it is blocked (dropped)");
    }

    private static Entry withBlockedCalledOpen(Entry entry) {
        if (!(entry instanceof Entry.Judged j)) return entry;
        var cells = j.judgement().cells().stream().map(c -> c.verdict() instanceof Verdict.Blocked
            ? new Cell(c.question(), c.observations(), c.control(), new Verdict.Open(), c.reasons(), c.eitherWay(), c.translatedFrom())
            : c).toList();
        return new Entry.Judged(j.at(), j.scenario(), j.line(),
            new Judgement(j.judgement().scope(), cells, j.judgement().rounds(), j.judgement().took()));
    }

    @Test
    void keeps_all_that_was_written_before_it_was_cut_off_in_mid_line() throws IOException {
        var whole = Files.readAllBytes(written.journal());
        var cut = folder.resolve("cut.jsonl");
        for (int part = 1; part < 20; part++) {
            var notes = new ArrayList<String>();
            Files.write(cut, Arrays.copyOf(whole, whole.length * part / 20));
            var entries = new ArrayList<Entry>();
            var again = new JudgedAgain(entries::add);
            JournalReader.read(cut, notes::add, again);
            assertThat(again.differing()).isEmpty();
            assertThat(notes).hasSizeLessThanOrEqualTo(1);
            var verdicts = cells(entries).stream().map(c -> Wording.of(c.verdict())).toList();
            assertThat(told().stream().limit(verdicts.size()).map(c -> Wording.of(c.verdict())).toList()).isEqualTo(verdicts);
        }
    }

    @Test
    void says_of_an_inconclusive_verdict_what_was_lacking() {
        var cell = cells(JournalReader.read(written.path())).stream().filter(Cell::inconclusive).findFirst().orElseThrow();
        assertThat(cell.verdict()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(((Verdict.Inconclusive) cell.verdict()).doubt()).isInstanceOf(Doubt.class);
        assertThat(Wording.how(cell)).endsWith("shop/none has no endpoints");
    }

    @Test
    void has_lines_that_are_as_their_schema_says() throws IOException {
        var schema = schema("journal");
        for (var line : Files.readAllLines(written.journal())) assertThat(schema.validate(JSON.readTree(line))).as(line).isEmpty();
    }

    @Test
    void has_a_schema_that_refuses_what_is_no_line() throws IOException {
        var schema = schema("journal");
        for (var line : Files.readAllLines(written.journal())) {
            var broken = (ObjectNode) JSON.readTree(line);
            broken.put("type", "judgd");
            assertThat(schema.validate(broken)).as(line).isNotEmpty();
            for (var field : fieldNames(broken)) {
                var other = (ObjectNode) JSON.readTree(line);
                other.putObject(field).put("no", "such thing");
                if (!List.of("scenarios", "labels").contains(field))
                    assertThat(schema.validate(other)).as(field + " of " + line).isNotEmpty();
            }
        }
    }

    private static List<String> fieldNames(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode document() throws IOException {
        var text = new StringWriter();
        RunJson.write(Run.of(told), 1, "reports/r", new FeatureFiles(Path.of("")), text);
        return JSON.readTree(text.toString());
    }

    @Test
    void is_printed_as_its_schema_says() throws IOException {
        assertThat(schema("run").validate(document())).isEmpty();
    }

    @Test
    void is_printed_with_a_schema_that_refuses_what_lacks_a_field() throws IOException {
        for (var field : List.of("schema", "run", "verdict", "exitStatus", "seconds", "counts", "scenarios")) {
            var broken = (ObjectNode) document();
            broken.remove(field);
            assertThat(schema("run").validate(broken)).as(field).isNotEmpty();
        }
        var broken = (ObjectNode) document();
        ((ObjectNode) broken.at("/scenarios/1/steps/4/differing/0")).put("observed", "shut");
        assertThat(schema("run").validate(broken)).isNotEmpty();
    }

    @Test
    void is_printed_with_the_place_the_flow_and_the_policies_of_what_differs() throws IOException {
        var cell = document().at("/scenarios/1/steps/4/differing/0");
        assertThat(cell.at("/line").asInt()).isEqualTo(48);
        assertThat(cell.at("/column").asInt()).isEqualTo(20);
        assertThat(cell.at("/from").asText()).isEqualTo("shop/web");
        assertThat(cell.at("/to").asText()).isEqualTo("shop/api");
        assertThat(cell.at("/protocol").asText() + "/" + cell.at("/port").asInt()).isEqualTo("TCP/8080");
        assertThat(cell.at("/wanted").asText()).isEqualTo("open");
        assertThat(cell.at("/observed").asText()).isEqualTo("blocked");
        assertThat(cell.at("/manner").asText()).isEqualTo("dropped");
        assertThat(cell.at("/control/found").asText()).isEqualTo("data-plane");
        assertThat(cell.at("/demanded").asText()).isEqualTo("denied");
        assertThat(cell.at("/cause").asText()).isEqualTo("step-against-denial");
        assertThat(cell.at("/policies/0/name").asText()).isEqualTo("shop/guard");
        assertThat(cell.at("/policies/0/line").asInt()).isEqualTo(41);
        assertThat(document().at("/scenarios/1/command").asText()).matches("\\./lockdown run \\S+play\\.feature:38 --cluster embedded");
    }

    private static Schema schema(String name) throws IOException {
        try (var in = HistoryTest.class.getResourceAsStream("/dev/lockdown/schema/" + name + ".schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(Objects.requireNonNull(in, name));
        }
    }
}

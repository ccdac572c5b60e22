package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeJudge;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Seen;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.Script;
import dev.lockdown.verdict.Cells;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Opens the page in frames of several widths, has everything drawn, and measures it there; `frames.js` does the looking.
@DisplayName("In Chromium the page")
class ChromiumTest {
    private static final List<Integer> WIDTHS = List.of(360, 768, 1280);
    private static final Pattern MEASURE = Pattern.compile("<li>([\\w-]+\\.\\w+)=([^<]*)</li>");
    private static final Pattern PRINTED_PAGE = Pattern.compile("/Type\\s*/Page\\b(?!s)");
    private static final Map<String, String> measured = new HashMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void measure() throws IOException, InterruptedException {
        var page = escaped(HtmlReport.render(SampleJournal.RUN, "reports/20261122-140311"));
        var frames = new StringBuilder();
        for (int width : WIDTHS) frames.append(frame(Integer.toString(width), width, page));
        look("frames.js", frames, "--virtual-time-budget=30000");
    }

    /// In real time: the browser's virtual time would stand still while it parses.
    private static void time() throws IOException, InterruptedException {
        var one = escaped(HtmlReport.render(SampleJournal.RUN, "reports/20261122-140311"));
        var many = escaped(HtmlReport.render(SampleJournal.times(40), "reports/20261122-140311"));
        look("timing.js", new StringBuilder(frame("one", 1280, one)).append(frame("many", 1280, many)));
    }

    private static String escaped(String html) {
        return html.replace("&", "&amp;").replace("\"", "&quot;");
    }

    private static String frame(String name, int width, String escaped) {
        return "<iframe name=\"%s\" style=\"width:%dpx;height:800px;border:0\" srcdoc=\"%s\"></iframe>".formatted(name, width, escaped);
    }

    private static void look(String script, StringBuilder frames, String... options) throws IOException, InterruptedException {
        var page = folder.resolve("frames.html");
        Files.writeString(page,
            "<!DOCTYPE html><meta charset=\"utf-8\"><body>%s<ul></ul><script>%s</script>".formatted(frames, text(script)));
        var dump = chromium(Stream.concat(Stream.of(options), Stream.of("--dump-dom")).toList(), page);
        MEASURE.matcher(dump).results().forEach(m -> measured.put(m.group(1), m.group(2)));
        assertThat(measured).as("what Chromium measured").isNotEmpty();
    }

    private static String text(String resource) throws IOException {
        try (var in = Objects.requireNonNull(ChromiumTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Give what it prints.
    private static String chromium(List<String> options, Path page) throws IOException, InterruptedException {
        var chromium =
            Stream.of("chromium", "chromium-browser", "google-chrome").map(ChromiumTest::onPath).flatMap(Optional::stream).findFirst();
        assumeTrue(chromium.isPresent(), "Chromium is not installed, so nothing looked at report.html in a browser");
        var command = new ArrayList<>(List.of(chromium.orElseThrow().toString(), "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(options);
        command.add(page.toUri().toString());
        var out = folder.resolve("out");
        var process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("Chromium ends").isTrue();
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280})
    void does_not_scroll_sideways_even_with_everything_open(int width) {
        assertThat(measured.get(width + ".sideways")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280})
    void cuts_nothing_off_outside_of_boxes_that_scroll(int width) {
        assertThat(measured.get(width + ".cut")).isEqualTo("0");
    }

    @Test
    void draws_nothing_before_it_is_opened_and_then_all_of_it() {
        assertThat(measured).containsEntry("1280.before", "0 of 13 drawn").containsEntry("1280.steps", stepsOfTheRun())
            .containsEntry("1280.flows", flowsOfTheRun()).containsEntry("1280.differs", "1");
    }

    private static String stepsOfTheRun() {
        return Integer.toString(SampleJournal.RUN.scenarios().stream().mapToInt(s -> s.steps().size()).sum());
    }

    private static String flowsOfTheRun() {
        return Integer.toString(SampleJournal.RUN.scenarios().stream().flatMap(s -> s.steps().stream()).flatMap(s -> s.judged().stream())
            .mapToInt(j -> j.judgement().cells().size()).sum());
    }

    @Test
    void shows_a_truth_table_with_both_words_where_they_differ() {
        assertThat(measured.get("1280.table")).endsWith("from \\ to|shop/web|shop/api|shop/web|– not asked|"
            + "≠ expected ✓ open≠ observed ✗ blocked (dropped)|shop/api|✗ blocked (dropped)|– not asked|"
            + "monitoring/prom|✗ blocked (dropped)|✗ blocked (dropped)");
    }

    @Test
    void stacks_the_facts_of_a_flow_on_a_phone() {
        assertThat(measured).containsEntry("360.stacked", "block").containsEntry("1280.stacked", "table-cell");
    }

    @Test
    void draws_each_scenario_as_a_graph_and_shows_what_belongs_to_a_node() {
        var graphs = Packed.of(HtmlReport.render(SampleJournal.RUN, "reports/x")).json().path("scenarios").findValues("graph");
        int edges = graphs.stream().mapToInt(g -> g.path("lines").size()).sum();
        assertThat(edges).isPositive();
        assertThat(measured).containsEntry("1280.pictures", "%s, %s edges, %s labels".formatted(graphs.size(), edges, edges))
            .containsEntry("1280.lit", "true").containsEntry("1280.unlit", "0");
    }

    @Test
    void shows_the_edges_of_a_graph_as_a_table_on_a_phone() {
        assertThat(measured).containsEntry("360.picture", "table").containsEntry("1280.picture", "drawn");
    }

    @Test
    void lets_wide_tables_scroll_in_their_own_box() {
        assertThat(Integer.parseInt(measured.get("360.scrolling"))).isPositive();
    }

    @Test
    void fetches_nothing() {
        assertThat(measured).containsEntry("1280.resources", "0");
    }

    @Test
    void shows_every_scenario() {
        assertThat(measured).containsEntry("360.visible", "13");
    }

    @Test
    void finds_scenarios_by_their_flows_policies_steps_and_names() {
        assertThat(measured).containsEntry("1280.flow", "1 of 13 scenarios, because of monitoring/prom to service:shop/none on TCP/80")
            .containsEntry("1280.policy", "1 of 13 scenarios, because of policy shop/allow-dns applied")
            .containsEntry("1280.step", "2 of 13 scenarios").containsEntry("1280.name", "1 of 13 scenarios")
            .containsEntry("1280.nothing", "0 of 13 scenarios");
    }

    @Test
    void filters_by_status_tag_and_feature() {
        assertThat(measured).containsEntry("1280.status", "3 of 13 scenarios").containsEntry("1280.tag", "1 of 13 scenarios")
            .containsEntry("1280.feature", "5 of 13 scenarios").containsEntry("1280.reset", "13 of 13 scenarios");
    }

    @Test
    void has_a_first_stop_for_the_keyboard_that_skips_to_the_results() {
        assertThat(measured).containsEntry("360.skip", "main");
    }

    @Test
    void opens_a_scenario_that_a_link_leads_to() {
        assertThat(measured).containsEntry("360.linked", "true");
    }

    @Test
    void prints_thirteen_scenarios_with_their_steps_on_eight_sheets_at_most() throws IOException, InterruptedException {
        var page = folder.resolve("report.html");
        var pdf = folder.resolve("report.pdf");
        Files.writeString(page, HtmlReport.render(SampleJournal.RUN, "reports/20261122-140311"));
        chromium(List.of("--virtual-time-budget=10000", "--no-pdf-header-footer", "--print-to-pdf=" + pdf), page);
        var sheets = PRINTED_PAGE.matcher(Files.readString(pdf, StandardCharsets.ISO_8859_1)).results().count();
        assertThat(sheets).as("fewer than four sheets would be without the steps").isBetween(4L, 8L);
    }

    /// Forty times the scenarios take less than one page would forty times, on any machine.
    @Test
    void is_there_at_once_however_large_the_run() throws IOException, InterruptedException {
        time();
        double one = Math.max(20, Double.parseDouble(measured.get("one.ready")));
        assertThat(Double.parseDouble(measured.get("many.ready"))).isLessThan(40 * one);
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":")).map(d -> Path.of(d, program)).filter(Files::isExecutable).findFirst();
    }

    /// Shut for half an hour, and one sample of 5 ms open in its middle.
    private static Run oneSampleOpen() {
        var id = "features/a.feature:3";
        var began = Instant.parse("2026-11-28T09:00:00Z");
        var flow = ((Probe.Reach) Cells.probe("shop/web to shop/api on TCP/80")).flow();
        var runs = List.of(new SampleRun(0, 899_995_000, 180_000, Seen.SILENT), new SampleRun(900_000_000, 900_000_000, 1, Seen.OPEN),
            new SampleRun(900_005_000, 1_800_000_000, 180_000, Seen.SILENT));
        var verdict = TimeJudge.judge(new TimeClaim.NeverOpen(Duration.ZERO), runs, List.of(), 1_800_000_000);
        var script = Script.run().started("features/a.feature", 3)
            .add(new Entry.Watched(began, id, 4, 1, Duration.ofMillis(5), List.of(flow)));
        runs.forEach(run -> script.add(new Entry.Sampled(Instant.EPOCH, id, 1, 0, run)));
        return script.add(new Entry.Measured(began, id, 6, 1, flow, 1_800_000_000, verdict))
            .add(new Entry.StepFinished(began, id, 6, 5, "Then", "it was never open", null, Status.FAILED, Duration.ZERO, "it was open"))
            .add(new Entry.ScenarioFinished(began, id, Status.FAILED, Duration.ZERO, null)).toRun();
    }

    @Test
    void shows_a_single_sample_of_half_an_hour_and_leads_to_it_from_the_step_that_fails() throws IOException, InterruptedException {
        look("timeline.js", new StringBuilder(frame("spike", 1280, escaped(HtmlReport.render(oneSampleOpen(), "reports/x")))),
            "--virtual-time-budget=30000");
        assertThat(Double.parseDouble(measured.get("spike.width"))).isBetween(0.5, 3.0);
        assertThat(measured).containsEntry("spike.height", "true").containsEntry("spike.place", "0.50")
            .containsEntry("spike.opened", "true")
            .containsEntry("spike.seen", "true").containsEntry("spike.told", " ✗ 10 ms from 900 s");
        assertThat(measured.get("spike.shown")).startsWith("899.98 s to 900.03 s of 1800 s");
        assertThat(measured.get("spike.asked"))
            .isEqualTo("shop/web to shop/api on TCP/80 was open for 10 ms ± 10 ms (1 sample); asked: never open");
    }
}

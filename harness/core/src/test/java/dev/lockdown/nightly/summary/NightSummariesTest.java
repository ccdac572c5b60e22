package dev.lockdown.nightly.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.nightly.SampleNight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

@DisplayName("Of a night for those who do not open its page")
class NightSummariesTest {
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    @TempDir
    private static Path folder;

    private static NightFolder night;
    private static Findings findings;

    @BeforeAll
    static void write() throws IOException {
        findings = SampleNight.in(folder);
        night = SampleNight.folder(folder);
        Files.writeString(night.originalName(), "/somewhere/matrix.yaml\n");
        NightSummaries.write(findings, night);
    }

    @Test
    void the_badge_says_in_words_what_its_colour_says() throws Exception {
        var svg = Xml.of(Files.readString(night.badge())).root();
        assertThat(svg.getAttribute("aria-label")).isEqualTo("lockdown nightly: cannot run, 1 of 6 good");
        assertThat(Xml.text(svg, "title")).isEqualTo("lockdown nightly: cannot run, 1 of 6 good");
        assertThat(Xml.children(Xml.children(svg, "g").getFirst(), "text")).extracting(Element::getTextContent)
            .containsExactly("lockdown nightly", "cannot run, 1 of 6 good");
        var good = Badge.svg(new Findings(findings.cells().subList(0, 1), List.of()));
        assertThat(good).contains("1 of 1 good", "#1a6b3c");
        assertThat(Files.readString(night.badge())).contains("#b0261c").doesNotContain("href", "url(", "@import");
    }

    /// RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry must have.
    @Test
    void the_feed_is_one_and_has_an_entry_for_each_cell_with_news() throws Exception {
        var feed = Xml.of(Files.readString(night.feed())).root();
        assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
        assertThat(feed.getLocalName()).isEqualTo("feed");
        var entries = Xml.children(feed, "entry");
        Stream.concat(Stream.of(feed), entries.stream()).forEach(e -> {
            assertThat(Xml.children(e, "id")).hasSize(1);
            assertThat(Xml.text(e, "id")).startsWith("urn:uuid:");
            assertThat(Xml.children(e, "title")).hasSize(1);
            assertThat(Instant.parse(Xml.text(e, "updated"))).isEqualTo(SampleNight.AT.plusSeconds(61));
        });
        assertThat(Xml.text(Xml.children(feed, "author").getFirst(), "name")).isNotBlank();
        assertThat(entries).extracting(e -> Xml.text(e, "title")).containsExactly(
            "calico-3.28.0: good, 1 time is longer or shorter, beyond the noise",
            "calico-3.29.1: failed, 1 scenario ends otherwise, 1 flow has another verdict", "kube-router: failed", "away: could not start",
            "hung: inconclusive");
        assertThat(entries).extracting(e -> Xml.text(e, "id")).doesNotHaveDuplicates();
        assertThat(Xml.text(entries.get(1), "content")).contains(
            "shop/web to shop/api on TCP/8080: was blocked (dropped), is open, against the step",
            "failed: Only the web reaches the database features/dns.feature:12");
        assertThat(Xml.text(entries.get(3), "content")).isEqualTo("error: no cluster <here>");
    }

    @Test
    void the_feed_names_an_entry_the_same_whenever_it_is_written() throws Exception {
        var before = Files.readString(night.feed());
        NightSummaries.write(findings, night);
        assertThat(Files.readString(night.feed())).isEqualTo(before);
    }

    @Test
    void junit_has_a_suite_for_each_cell_and_a_case_for_each_scenario() throws Exception {
        var suites = Xml.of(Files.readString(night.junit())).root();
        assertThat(Stream.of("tests", "failures", "errors", "skipped").map(suites::getAttribute)).containsExactly("23", "2", "3", "9");
        var all = Xml.children(suites, "testsuite");
        assertThat(all.getFirst().getAttribute("timestamp")).as("UTC without a zone").isEqualTo("2026-11-22T02:00:00");
        assertThat(all).extracting(s -> s.getAttribute("name")).containsExactly("calico-3.28.0", "calico-3.29.1", "kube-router", "away",
            "hung",
            "later");
        for (var suite : all) {
            var cases = Xml.children(suite, "testcase");
            assertThat(cases).hasSize(Integer.parseInt(suite.getAttribute("tests")));
            for (var kind : List.of("failure", "error", "skipped"))
                assertThat(cases.stream().filter(c -> !Xml.children(c, kind).isEmpty())).as("%s of %s", kind, suite.getAttribute("name"))
                    .hasSize(Integer.parseInt(suite.getAttribute(kind.equals("skipped") ? kind : kind + "s")));
        }
        assertThat(properties(all.get(1))).contains("cni=calico", "version=3.29.1", "networkPlugin=calico 3.29.1", "state=done");
    }

    private static List<String> properties(Element suite) {
        return Xml.children(Xml.children(suite, "properties").getFirst(), "property").stream()
            .map(p -> p.getAttribute("name") + "=" + p.getAttribute("value")).toList();
    }

    private static Element testcase(int suite, String name) throws Exception {
        var suites = Xml.children(Xml.of(Files.readString(night.junit())).root(), "testsuite");
        return Xml.children(suites.get(suite), "testcase").stream().filter(c -> c.getAttribute("name").equals(name)).findFirst()
            .orElseThrow();
    }

    @Test
    void junit_passes_what_is_known_fails_what_is_mended_and_skips_what_is_in_quarantine() throws Exception {
        var known = testcase(2, "Only the web reaches the database");
        assertThat(Xml.children(known, "failure")).isEmpty();
        assertThat(Xml.text(known, "system-out")).contains("it fails as is known: sets of named ports are wrong (deviations.yaml:2:3)");
        assertThat(Xml.children(testcase(2, "Names resolve"), "failure").getFirst().getAttribute("message"))
            .startsWith("it passes, so take its deviation out: it was slow (deviations.yaml:6:3)");
        assertThat(Xml.children(testcase(1, "It flaps"), "skipped").getFirst().getAttribute("message"))
            .isEqualTo("in quarantine: failed, shop/web reaches shop/api");
        assertThat(Xml.children(testcase(1, "Only the web reaches the database"), "failure").getFirst().getTextContent())
            .isEqualTo("shop/web to shop/api on TCP/8080 is open");
        assertThat(Xml.children(testcase(3, "ends by itself"), "error").getFirst().getAttribute("message"))
            .isEqualTo("error: no cluster <here>");
        assertThat(Xml.children(testcase(5, "ends by itself"), "skipped")).hasSize(1);
    }

    @Test
    void the_markdown_tells_what_is_otherwise_first() throws IOException {
        var text = Files.readString(night.markdown());
        assertThat(text).startsWith("### ! 6 cells: 1 could not start");
        assertThat(text).containsSubsequence("#### Since the last run: 1 scenario ends otherwise",
            "| Only the web reaches the database (features/dns.feature:12) | passed | failed | calico-3.29.1 |",
            "#### First bad versions", "calico 3.29.1 fails, 3.28.0 was good", "#### Not passed", "| mended | Names resolve",
            "#### Known, and in quarantine", "| known | Only the web", "| known, passes now | A ", "| by turns |", "#### Cells",
            "| away | could not start |");
    }

    @Test
    void the_markdown_fits_a_step_summary_however_many_fail() {
        var cells = Collections.nCopies(400, findings.cells().get(1));
        var many = new ArrayList<Findings.OfCell>();
        for (var cell : cells)
            many.add(new Findings.OfCell(cell.cell(), cell.outcome(), cell.digest(), Collections.nCopies(500, cell.judged().getFirst()),
                cell.sinceLast(), cell.heads(), List.of()));
        var text = NightMarkdown.text(new Findings(many, List.of()));
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(1 << 20);
        var huge = NightMarkdown.text(new Findings(Collections.nCopies(30_000, findings.cells().get(1)), List.of()));
        assertThat(huge.getBytes(StandardCharsets.UTF_8).length).isLessThan(1 << 20);
        assertThat(huge).endsWith("… the rest is in nightly.html\n");
    }
}

package dev.lockdown.nightly.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.SampleNight;
import dev.lockdown.report.html.PageParts;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@DisplayName("The page of a night that has one of everything")
class WholeNightTest {
    @TempDir
    private static Path folder;

    private static String text;
    private static Document page;

    @BeforeAll
    static void render() throws Exception {
        text = rendered(SampleNight.in(folder));
        page = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(text.replaceFirst("<!DOCTYPE html>", ""))));
    }

    private static String rendered(Findings findings) throws IOException {
        NightPage.write(findings, SampleNight.folder(folder));
        return Files.readString(SampleNight.folder(folder).html());
    }

    private static Stream<Element> all() {
        var nodes = page.getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    private static String squeezed(Element element) {
        return element.getTextContent().replaceAll("\\s+", " ").strip();
    }

    private static String section(String id) {
        return all().filter(e -> e.getAttribute("aria-labelledby").equals(id)).map(WholeNightTest::squeezed).findFirst().orElse("");
    }

    private static List<Element> squares() {
        return all().filter(e -> e.getTagName().equals("a") && ((Element) e.getParentNode()).getAttribute("class").startsWith("on-"))
            .toList();
    }

    @Test
    void begins_with_what_it_came_to_and_then_what_is_otherwise() {
        assertThat(all().filter(e -> e.getTagName().equals("h1")).map(WholeNightTest::squeezed))
            .containsExactly("!6 cells: 1 could not start · 2 failed · 1 inconclusive · 1 good · 1 not run");
        assertThat(all().filter(e -> e.getTagName().equals("section")).map(e -> e.getAttribute("aria-labelledby"))).containsExactly(
            "changes",
            "first-bad", "matters", "grid", "cells", "known", "scenarios", "windows");
        assertThat(section("changes")).contains("Something is otherwise than in the run before in 2 of 3 cells.",
            "1 scenario ends otherwise",
            "Only the web reaches the databaseshop/web reaches shop/apifeatures/dns.feature:12passedfailedcalico-3.29.1",
            "shop/web to shop/api on TCP/8080", "blocked (dropped)open, against the stepcalico-3.29.1", "beyond the noise");
    }

    @Test
    void tells_the_first_bad_version_and_marks_it_where_it_was_seen() {
        assertThat(section("first-bad")).contains("Only the web reaches the database", "calico 3.29.1 fails, 3.28.0 was good");
        assertThat(squares().stream().filter(s -> s.getTextContent().contains("⚑")).map(s -> s.getAttribute("aria-label")))
            .containsExactly("features/dns.feature on calico-3.29.1: 1 of 3 failed, first bad version",
                "features/odd/apart.feature on calico-3.29.1: 1 of 2 quarantined, first bad version");
    }

    @Test
    void has_a_square_of_symbol_and_word_for_each_feature_and_cell_that_leads_to_its_scenarios() {
        var ids = all().map(e -> e.getAttribute("id")).collect(Collectors.toSet());
        assertThat(squares()).extracting(WholeNightTest::squeezed).containsExactly("✓ 3passed", "✗ 1 ⚑failed", "+ 1mended",
            "? 1inconclusive",
            "‖ 1quarantined", "‖ 1 ⚑quarantined", "‖ 1quarantined", "‖ 1quarantined");
        assertThat(squares()).allSatisfy(s -> assertThat(ids).contains(s.getAttribute("href").substring(1)));
        var list = squeezed(page.getElementById("f0-c1") == null ? all().filter(e -> e.getAttribute("id").equals("f0-c1")).findFirst()
            .orElseThrow() : page.getElementById("f0-c1"));
        assertThat(list).contains("✗ failed Only the web reaches the database features/dns.feature:12", "shop/web reaches shop/api",
            "line 14: \"shop/web\" cannot reach", "shop/web to shop/api on TCP/8080 is open", "✓ passed:", SampleNight.ODD);
    }

    @Test
    void leads_to_the_evidence_in_the_report_of_the_cell() {
        var links = all().filter(e -> e.getTagName().equals("a")).map(e -> e.getAttribute("href")).toList();
        assertThat(links).contains(
            "calico-3.29.1/20261122/report.html#s-features-dns-feature-12-features-dns-feature-12",
            "calico-3.29.1/20261122/report.html#f-features-dns-feature");
        var files = links.stream().filter(l -> !l.startsWith("#") && !l.startsWith("https:")).map(l -> URI.create(l).getPath()).distinct()
            .filter(l -> l.contains("/")).toList();
        assertThat(files).isNotEmpty().allSatisfy(f -> assertThat(SampleNight.folder(folder).path().resolve(f)).exists());
    }

    @Test
    void says_why_a_cell_did_not_simply_end() {
        assertThat(section("matters")).contains("! could not startaway", "error: no cluster <here>", "? inconclusivehung",
            "it was ended by its deadline of 60 s", "– not runlater", "the night's time was over");
    }

    @Test
    void keeps_apart_what_is_known_mended_in_quarantine_and_flaky() {
        assertThat(section("known")).contains("sets of named ports are wrong https://example.org/1", "by turns",
            "✓ passes in kube-router (1 scenario), and fails at times",
            "≈ as known in kube-router (1 scenario)",
            "+ mended in kube-router (1 scenario): it passes, take it out of deviations.yaml", "It flaps", "✗ failed in calico-3.29.1",
            "1 of 3 nights otherwise, 33 %");
    }

    @Test
    void draws_windows_of_a_flow_below_one_another_and_over_the_nights() {
        assertThat(section("windows")).contains("shop/web resolving api cut off after policy shop/deny applied", "3 ms9.4 ms",
            "calico-3.28.040 times · median 9.2 ms, 1 not over3.2 ms to 9.2 ms, 3 nights", "hung40 times · median 3.2 ms, 1 not over");
        assertThat(all().filter(e -> e.getAttribute("class").equals("times")).map(e -> e.getElementsByTagName("svg").getLength()))
            .containsExactly(2, 2, 2, 1);
    }

    @Test
    void asks_the_network_for_nothing_and_runs_no_script_but_its_own() {
        assertThat(Pattern.compile("((src|srcset)=\"|url\\(|@import)(?!data:,).{0,20}").matcher(text).results().map(r -> r.group()))
            .isEmpty();
        assertThat(text).doesNotContain("<img", "<iframe", "@font-face", "fetch(", "<script>alert");
        var own = all().filter(e -> e.getTagName().equals("script")).map(Element::getTextContent).toList();
        assertThat(own).hasSize(1);
        assertThat(text).contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '%s'".formatted(
            PageParts.hash(own.getFirst())));
    }

    @Test
    void is_for_keyboards_and_screen_readers_too() {
        assertThat(all().filter(e -> e.getTagName().equals("th")))
            .allSatisfy(th -> assertThat(th.getAttribute("scope")).isIn("row", "col"));
        assertThat(all().filter(e -> e.getAttribute("class").startsWith("box"))).isNotEmpty()
            .allSatisfy(box -> assertThat(box.getAttribute("tabindex")).isEqualTo("0"));
        assertThat(all().filter(e -> e.getTagName().equals("svg")))
            .allSatisfy(s -> assertThat(s.getAttribute("aria-hidden")).isEqualTo("true"));
        assertThat(all().map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()).toList()).doesNotHaveDuplicates();
        var targets = all().map(e -> e.getAttribute("href")).filter(h -> h.startsWith("#")).map(h -> h.substring(1)).toList();
        assertThat(all().map(e -> e.getAttribute("id")).toList()).containsAll(targets);
        assertThat(all().anyMatch(e -> e.hasAttribute("title"))).as("nothing is told to a mouse alone").isFalse();
    }
}

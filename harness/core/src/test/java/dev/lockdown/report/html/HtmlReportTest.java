package dev.lockdown.report.html;

import static dev.lockdown.report.Script.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry.Cell;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.SampleRun;
import dev.lockdown.report.Script;
import java.io.StringReader;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@DisplayName("The page")
class HtmlReportTest {
    private static final Consumer<Script.Steps> NOTHING = _ -> {};
    private final String html = HtmlReport.render(SampleRun.run());
    private final Document page = parse(html);

    @Test
    void begins_with_the_verdict_in_one_sentence() {
        assertThat(texts("h1"))
            .containsExactly("✗1 of 31 scenarios failed: shop/web reaches shop/api on TCP/8080 although shop/deny-all denies it");
    }

    @Test
    void goes_from_what_went_wrong_to_why_to_believe_it_to_every_scenario() {
        assertThat(texts("h2")).containsExactly("What went wrong", "Why to believe it", "Every scenario");
    }

    @Test
    void leaves_out_what_went_wrong_where_nothing_did() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(0, null).toRun()))
            .doesNotContain("What went wrong");
    }

    @Test
    void puts_failures_before_what_proves_nothing() {
        var first = elements("article").getFirst().getTextContent();
        assertThat(first).contains("DNS allowed, nothing else", "features/dns.feature:21");
    }

    @Test
    void shows_of_a_failure_the_differing_cells_only() {
        var failure = elements("article").getFirst().getTextContent();
        assertThat(failure).contains("shop/web to shop/api on TCP/8080", "✗ blocked", "✓ open", "connected, 0.2 ms",
            "denied by shop/deny-all (egress of shop/web, ingress of shop/api)", "shop/api saw 10.42.1.1 (node-2), not 10.42.0.5",
            "the CNI rewrites sources between nodes").doesNotContain("monitoring/prom");
    }

    @Test
    void counts_controls_by_their_grades() {
        assertThat(squeezed(section("belief"))).contains("150 blocked", "open in the baseline, listener answering now 99",
            "the data plane names the rule 51");
    }

    @Test
    void says_how_fast_the_canary_was_blocked_and_policies_were_enforced() {
        assertThat(squeezed(section("belief"))).contains("blocked after 3 ms", "That held 30 times", "enforced after 3 ms",
            "the longest 9 ms");
    }

    @Test
    void says_so_where_no_canary_was_let_out() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(0, null).toRun())).contains("? no canary");
    }

    @Test
    void has_every_scenario_in_details_and_only_those_open_that_need_a_look() {
        var scenarios = elements("details").stream().filter(d -> d.getAttribute("class").equals("scenario")).toList();
        assertThat(scenarios).hasSize(31);
        assertThat(scenarios.stream().filter(d -> d.hasAttribute("open")).map(d -> d.getElementsByTagName("h4").item(0).getTextContent()))
            .containsExactly("From a pod on another node than the API's", "DNS allowed, nothing else");
    }

    @Test
    void links_each_fault_to_its_scenario() {
        var ids = elements("div").stream().map(d -> d.getAttribute("id")).filter(i -> !i.isEmpty()).toList();
        var links =
            elements("a").stream().map(a -> a.getAttribute("href")).filter(h -> h.startsWith("#s-")).map(h -> h.substring(1)).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(links).isNotEmpty().isSubsetOf(ids);
    }

    @Test
    void shows_a_truth_table_as_a_matrix_with_both_words_where_they_differ() {
        var matrix = elements("table").stream().filter(t -> t.getAttribute("class").equals("matrix")).map(HtmlReportTest::squeezed)
            .filter(t -> t.contains("≠")).toList();
        assertThat(matrix).containsExactly("on TCP/8080, expected beside observed (one word where they agree) · 12 rounds, 5.0 s "
            + "from \\ to shop/web shop/api monitoring/prom "
            + "shop/web – not asked ≠ expected ✗ blocked ≠ observed ✓ open ✗ blocked (dropped) "
            + "shop/api ✗ blocked (dropped) – not asked ✗ blocked (dropped) "
            + "monitoring/prom ✗ blocked (dropped) ✗ blocked (dropped) – not asked");
    }

    @Test
    void shows_no_matrix_where_two_verdicts_would_share_a_field() {
        var html = render(Script.run().scenario(3, Status.PASSED, null, s -> s.judged(4, "", cell("a", "b", 4, "open", "open", "1 ms"),
            cell("a", "b", 5, "open", "open", "2 ms")).step(4, "Then", "x", Status.PASSED, null)).toRun());
        assertThat(html).doesNotContain("class=\"matrix\"").contains("open, 1 ms", "open, 2 ms");
    }

    @Test
    void shows_the_policies_as_they_were_written() {
        assertThat(elements("pre")).extracting(Element::getTextContent)
            .anySatisfy(t -> assertThat(t).contains("podSelector: {}\n  policyTypes: [Ingress, Egress]"));
    }

    @Test
    void does_not_show_a_policy_twice_that_stands_in_the_step() {
        var yaml = "kind: NetworkPolicy\nmetadata: {name: once}\n";
        var entries = new java.util.ArrayList<>(Script.run().scenario(3, Status.PASSED, null, s -> s.applied(4, "x", yaml)).entries());
        entries.add(new dev.lockdown.journal.Entry.StepFinished(entries.getFirst().at(), "features/a.feature:3", 4, "When",
            "this policy is applied",
            yaml.strip(), Status.PASSED, java.time.Duration.ZERO, null));
        assertThat(render(Run.of(entries)).split("name: once", -1)).hasSize(2);
    }

    @Test
    void tables_many_flows_that_differ_for_one_reason() {
        var cells = IntStream.range(0, 40).mapToObj(i -> cell("a", "b" + i, 4, "blocked", "open", i + " ms")).toArray(Cell[]::new);
        var run = Script.run()
            .scenario(3, Status.FAILED, "x", s -> s.judged(4, "on TCP/80", cells).step(4, "Then", "x", Status.FAILED, "x")).toRun();
        var article = squeezed((Element) parse(render(run)).getElementsByTagName("article").item(0));
        assertThat(article).contains("40 of 40 cells differ", "a to b29 on TCP/80 29 ms", "… and 10 more").doesNotContain("b30");
    }

    @Test
    void shows_the_message_of_a_bad_input_as_it_is() {
        var run = Script.run()
            .scenario(3, Status.BROKEN, "x", s -> s.step(4, "When", "x", Status.BROKEN, "typo.yaml:7: unknown field\n  7 | pod\n    | ^^^"))
            .toRun();
        var article = (Element) parse(render(run)).getElementsByTagName("article").item(0);
        assertThat(article.getElementsByTagName("pre").item(0).getTextContent()).isEqualTo("  7 | pod\n    | ^^^");
    }

    @Test
    void says_why_a_scenario_was_skipped() {
        assertThat(squeezed(section("scenarios"))).contains("– skipped An association goes one way too",
            "this kernel has no SCTP (modprobe sctp)");
    }

    @Test
    void is_not_green_for_a_killed_run() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).toRun())).contains("class=\"verdict doubt\"");
    }

    @Test
    void escapes_what_comes_from_outside() {
        assertThat(html).contains("A &lt;script&gt;alert(&quot;lockdown&quot;)&lt;/script&gt; &amp; other odd names")
            .doesNotContain("<script");
    }

    @Nested
    @DisplayName("for everybody")
    class Access {
        @Test
        void asks_the_network_for_nothing() {
            assertThat(
                Pattern.compile("((src|href|srcset)=\"|url\\(|@import)(?!#|data:,).{0,20}").matcher(html).results().map(r -> r.group()))
                .isEmpty();
            assertThat(html).doesNotContain("<script", "<img", "<iframe", "@font-face").contains("default-src 'none'");
        }

        @Test
        void skips_no_level_of_headings() {
            var levels = all().filter(e -> e.getTagName().matches("h[1-6]")).map(e -> e.getTagName().charAt(1) - '0').toList();
            assertThat(levels.getFirst()).isEqualTo(1);
            IntStream.range(1, levels.size()).forEach(i -> assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1));
        }

        @Test
        void says_of_every_table_head_what_it_heads() {
            assertThat(elements("th")).isNotEmpty().allSatisfy(th -> assertThat(th.getAttribute("scope")).isIn("row", "col"));
        }

        @Test
        void names_every_table() {
            assertThat(elements("table")).isNotEmpty().allSatisfy(table -> {
                boolean named = ((Element) table.getParentNode()).hasAttribute("aria-label");
                assertThat(named).isTrue();
            });
        }

        @Test
        void has_landmarks_and_a_way_to_skip_to_them() {
            assertThat(elements("main")).hasSize(1);
            assertThat(elements("header")).hasSize(1);
            assertThat(elements("footer")).hasSize(1);
            assertThat(
                all().filter(e -> e.hasAttribute("href") && !e.getTagName().equals("link")).findFirst().orElseThrow().getAttribute("href"))
                .isEqualTo("#" + elements("main").getFirst().getAttribute("id"));
        }

        @Test
        void can_scroll_by_keyboard_whatever_scrolls() {
            var boxes = all().filter(e -> e.getAttribute("class").equals("box")).toList();
            assertThat(boxes).isNotEmpty().allSatisfy(box -> assertThat(box.getAttribute("tabindex")).isEqualTo("0"));
        }

        @Test
        void says_how_each_scenario_and_step_ended_in_a_word() {
            var ends = all().filter(e -> e.getAttribute("class").startsWith("end ")).map(HtmlReportTest::squeezed).distinct().toList();
            assertThat(ends).containsExactlyInAnyOrder("✓ passed", "✗ failed", "? inconclusive", "– skipped");
        }

        @Test
        void knows_its_language() {
            assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        }
    }

    private String render(Run run) {
        return HtmlReport.render(run);
    }

    /// The page is written so that it is XML as well, after its first line.
    private static Document parse(String html) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(html.replaceFirst("<!DOCTYPE html>", ""))));
        } catch (Exception e) {
            throw new AssertionError("the page is not well-formed", e);
        }
    }

    private Stream<Element> all() {
        var nodes = page.getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    private List<Element> elements(String tag) {
        return all().filter(e -> e.getTagName().equals(tag)).toList();
    }

    private List<String> texts(String tag) {
        return elements(tag).stream().map(Element::getTextContent).toList();
    }

    private Element section(String heading) {
        return elements("section").stream().filter(s -> s.getAttribute("aria-labelledby").equals(heading)).findFirst().orElseThrow();
    }

    private static String squeezed(Element element) {
        var text = new StringBuilder();
        collect(element, text);
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    private static void collect(org.w3c.dom.Node node, StringBuilder text) {
        if (node.getNodeType() == org.w3c.dom.Node.TEXT_NODE) text.append(node.getNodeValue());
        var children = node.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) collect(children.item(i), text);
        if (node instanceof Element e && !e.getTagName().equals("b")) text.append(' ');
    }
}

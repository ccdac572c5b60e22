package dev.lockdown.report.html;

import static dev.lockdown.report.Script.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.Script;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

@DisplayName("The page")
class HtmlReportTest {
    private static final Consumer<Script.Steps> NOTHING = _ -> {};
    private static final Html PAGE = Html.of(SampleJournal.RUN);

    @Test
    void begins_with_the_verdict_in_one_sentence() {
        assertThat(PAGE.texts("h1"))
            .containsExactly("!1 of 13 scenarios could not be run: shop/api does not serve TCP/9999; it serves TCP/8080, UDP/5353");
    }

    @Test
    void goes_from_what_went_wrong_to_why_to_trust_it_to_every_scenario() {
        assertThat(PAGE.texts("h2")).containsExactly("What went wrong", "Why to trust it", "Every scenario");
    }

    @Test
    void leaves_out_what_went_wrong_where_nothing_did() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(0, null).toRun()))
            .doesNotContain("What went wrong");
    }

    @Test
    void puts_the_worst_first() {
        assertThat(PAGE.elements("article").stream().map(a -> a.getAttribute("class"))).containsExactly("card failure bad",
            "card failure bad", "card failure bad", "card failure doubt");
        assertThat(PAGE.elements("article").getFirst().getTextContent()).contains("broken", "A port that nobody serves");
    }

    @Test
    void shows_of_a_failure_the_differing_cells_only() {
        var failure = Html.squeezed(PAGE.elements("article").get(1));
        assertThat(failure).contains("Then on TCP/8080 the truth table is", "sample/red.feature:18", "1 of 4 cells differs on TCP/8080",
            "flow shop/web to shop/api on TCP/8080 (line 20)", "expected ✓ open by the step, but not by the policies",
            "policies denied by shop/deny-all-ingress (ingress of shop/api)", "observed ✗ blocked (dropped), no answer",
            "evidence dropped at node-1: ingress of shop/api", "likely cause the policies deny it").doesNotContain("monitoring/prom");
    }

    @Test
    void tables_cells_that_differ_alike_with_the_reasons_of_each() {
        var failure = Html.squeezed(PAGE.elements("article").get(2));
        assertThat(failure).contains("12 of 24 flows differ", "flow policies observed evidence",
            "shop/web to monitoring/prom on TCP/9090 denied by shop/deny-all (egress of shop/web)");
    }

    @Test
    void says_where_the_step_stands_that_did_not_pass() {
        assertThat(PAGE.elements("article").stream().map(a -> a.getElementsByTagName("code").item(0).getTextContent()))
            .allSatisfy(place -> assertThat(place).matches("harness/core/.*/sample/red\\.feature:(18|26|33|37)"));
    }

    @Test
    void counts_controls_by_their_grades() {
        assertThat(Html.squeezed(PAGE.section("trust"))).containsPattern("(\\d+) blocked .* the data plane names the rule \\1 ");
    }

    @Test
    void says_how_fast_the_canary_was_blocked_and_policies_were_enforced() {
        assertThat(Html.squeezed(PAGE.section("trust"))).containsPattern(
            "blocked after [\\d.]+ m?s .* That held 12 times; .* enforced after [\\d.]+ m?s .* Of 1[0-9] changes");
    }

    @Test
    void says_so_where_no_canary_was_let_out() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(0, null).toRun())).contains("? no canary");
    }

    @Test
    void lists_every_scenario_with_how_it_ended_and_what_it_is_filtered_by() {
        var scenarios = PAGE.elements("details").stream().filter(d -> d.getAttribute("class").equals("scenario")).toList();
        assertThat(scenarios).hasSize(13).noneMatch(d -> d.hasAttribute("open"));
        assertThat(Html.squeezed(scenarios.getFirst())).startsWith("✓ passed Exactly these flows break line 20");
        assertThat(scenarios.get(1).getAttribute("data-tags")).isEqualTo("@conformance @sample @table");
        assertThat(scenarios.getLast().getAttribute("data-status")).isEqualTo("skipped");
    }

    @Test
    void has_contents_that_lead_to_every_part_and_feature() {
        var links = PAGE.elements("nav").getFirst().getElementsByTagName("a");
        assertThat(IntStream.range(0, links.getLength()).mapToObj(i -> Html.squeezed((Element) links.item(i)))).containsExactly(
            "What went wrong 4", "Why to trust it", "Every scenario 13", "✓ A lockdown and what it heals, 8 of 8 passed 8",
            "! What does not hold, 0 of 5 passed 5");
        var ids = PAGE.all().map(e -> e.getAttribute("id")).toList();
        assertThat(IntStream.range(0, links.getLength()).mapToObj(i -> ((Element) links.item(i)).getAttribute("href").substring(1)))
            .isSubsetOf(ids);
    }

    @Test
    void says_without_script_what_needs_one() {
        assertThat(PAGE.texts("noscript").getFirst()).contains("need this page's own script", "What went wrong stands above in full");
    }

    @Test
    void keeps_what_is_green_out_of_the_elements() {
        var run = SampleJournal.times(20);
        assertThat(Html.of(run).all().count()).isLessThan(run.scenarios().size() * 60L);
    }

    @Test
    void links_each_failure_to_its_scenario() {
        var ids = PAGE.elements("div").stream().map(d -> d.getAttribute("id")).filter(i -> !i.isEmpty()).toList();
        var links =
            PAGE.elements("a").stream().map(a -> a.getAttribute("href")).filter(h -> h.startsWith("#s-")).map(h -> h.substring(1)).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(links).isNotEmpty().isSubsetOf(ids);
    }

    @Test
    void tables_many_flows_that_differ_for_one_reason() {
        var cells = IntStream.range(0, 60).mapToObj(i -> cell("a", "b" + i, 4, "blocked", "open")).toArray(Cell[]::new);
        var run = Script.run()
            .scenario(3, Status.FAILED, "x", s -> s.table(4, cells).step(4, "Then", "x", Status.FAILED, "x")).toRun();
        var article = Html.squeezed(Html.of(run).elements("article").getFirst());
        assertThat(article).contains("60 of 60 cells differ", "ns/a to ns/b49 on TCP/80 ns/b49 answered in 1 ms", "… and 10 more")
            .doesNotContain("b50");
    }

    @Test
    void shows_the_message_of_a_bad_input_as_it_is() {
        var run = Script.run()
            .scenario(3, Status.BROKEN, "x", s -> s.step(4, "When", "x", Status.BROKEN, "typo.yaml:7: unknown field\n  7 | pod\n    | ^^^"))
            .toRun();
        var article = Html.of(run).elements("article").getFirst();
        assertThat(article.getElementsByTagName("pre").item(0).getTextContent()).isEqualTo("  7 | pod\n    | ^^^");
    }

    @Test
    void says_why_a_scenario_was_skipped() {
        assertThat(Html.squeezed(PAGE.section("scenarios"))).contains("– skipped A protocol that this kernel may lack",
            "this cluster cannot carry SCTP");
    }

    @Test
    void is_not_green_for_a_killed_run() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).toRun())).contains("class=\"verdict doubt\"");
    }

    @Test
    void escapes_what_comes_from_outside() {
        assertThat(PAGE.text())
            .contains("A port that nobody serves, &lt;script&gt;alert(&quot;lockdown&quot;)&lt;/script&gt; &amp; other odd")
            .doesNotContain("<script>alert");
    }

    @Test
    void lists_the_changes_that_took_longest_to_be_enforced() {
        assertThat(Html.squeezed(PAGE.section("trust")))
            .containsPattern("change scenario after policy shop/\\S+ applied harness/\\S+\\.feature:\\d+ [\\d.]+ m?s");
    }

    @Test
    void tells_what_the_step_wants_from_what_the_policies_demand() {
        var question = Question.in(new Question.Label("x", "a"), Cells.probe("x to a on TCP/80"), Wanted.OPEN, 4);
        var cell = Cells.of(question, "blocked", Cells.denied(question.probe()));
        var run = Script.run().scenario(3, Status.FAILED, "x", s -> s.table(4, cell).step(4, "Then", "x", Status.FAILED, "x"))
            .toRun();
        assertThat(Html.squeezed(Html.of(run).elements("article").getFirst())).contains(
            "expected ✓ open by the step, but not by the policies",
            "policies denied by shop/deny-all (egress of shop/web)");
    }

    @Test
    void says_how_to_run_what_failed_again_and_only_then() {
        var green = Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(0, null).toRun();
        assertThat(PAGE.text()).contains("./lockdown run --failed reports/20261122-140311");
        assertThat(render(green)).doesNotContain("--failed");
    }

    private static String render(Run run) {
        return HtmlReport.render(run, "reports/20261122-140311");
    }
}

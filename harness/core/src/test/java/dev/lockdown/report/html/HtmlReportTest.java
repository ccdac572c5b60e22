package dev.lockdown.report.html;

import static dev.lockdown.report.Script.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.SampleRun;
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
    private static final Html PAGE = Html.of(SampleRun.run());

    @Test
    void begins_with_the_verdict_in_one_sentence() {
        assertThat(PAGE.texts("h1"))
            .containsExactly("✗1 of 31 scenarios failed: shop/web reaches shop/api on TCP/8080 although shop/deny-all denies it");
    }

    @Test
    void goes_from_what_went_wrong_to_why_to_believe_it_to_every_scenario() {
        assertThat(PAGE.texts("h2")).containsExactly("What went wrong", "Why to believe it", "Every scenario");
    }

    @Test
    void leaves_out_what_went_wrong_where_nothing_did() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(0, null).toRun()))
            .doesNotContain("What went wrong");
    }

    @Test
    void puts_failures_before_what_proves_nothing() {
        var first = PAGE.elements("article").getFirst().getTextContent();
        assertThat(first).contains("DNS allowed, nothing else", "features/dns.feature:21");
    }

    @Test
    void shows_of_a_failure_the_differing_cells_only() {
        var failure = PAGE.elements("article").getFirst().getTextContent();
        assertThat(failure).contains("shop/web to shop/api on TCP/8080", "✗ blocked", "✓ open", "connected, 0.2 ms",
            "denied by shop/deny-all (egress of shop/web, ingress of shop/api)", "shop/api saw 10.42.1.1 (node-2), not 10.42.0.5",
            "the CNI rewrites sources between nodes").doesNotContain("monitoring/prom");
    }

    @Test
    void counts_controls_by_their_grades() {
        assertThat(Html.squeezed(PAGE.section("belief"))).contains("150 blocked", "open in the baseline, listener answering now 99",
            "the data plane names the rule 51");
    }

    @Test
    void says_how_fast_the_canary_was_blocked_and_policies_were_enforced() {
        assertThat(Html.squeezed(PAGE.section("belief"))).contains("blocked after 3 ms", "That held 30 times", "enforced after 3 ms",
            "the longest 9 ms");
    }

    @Test
    void says_so_where_no_canary_was_let_out() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(0, null).toRun())).contains("? no canary");
    }

    @Test
    void has_every_scenario_in_details_and_only_those_open_that_need_a_look() {
        var scenarios = PAGE.elements("details").stream().filter(d -> d.getAttribute("class").equals("scenario")).toList();
        assertThat(scenarios).hasSize(31);
        assertThat(scenarios.stream().filter(d -> d.hasAttribute("open")).map(d -> d.getElementsByTagName("h4").item(0).getTextContent()))
            .containsExactly("From a pod on another node than the API's", "DNS allowed, nothing else");
    }

    @Test
    void links_each_fault_to_its_scenario() {
        var ids = PAGE.elements("div").stream().map(d -> d.getAttribute("id")).filter(i -> !i.isEmpty()).toList();
        var links =
            PAGE.elements("a").stream().map(a -> a.getAttribute("href")).filter(h -> h.startsWith("#s-")).map(h -> h.substring(1)).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(links).isNotEmpty().isSubsetOf(ids);
    }

    @Test
    void shows_a_truth_table_as_a_matrix_with_both_words_where_they_differ() {
        var matrix = PAGE.elements("table").stream().filter(t -> t.getAttribute("class").equals("matrix")).map(Html::squeezed)
            .filter(t -> t.contains("≠")).toList();
        assertThat(matrix).containsExactly("on TCP/8080, expected beside observed (one word where they agree) · 12 rounds, 5.0 s "
            + "from \\ to shop/web shop/api monitoring/prom "
            + "shop/web – not asked ≠ expected ✗ blocked ≠ observed ✓ open ✗ blocked (dropped) "
            + "shop/api ✗ blocked (dropped) – not asked ✗ blocked (dropped) "
            + "monitoring/prom ✗ blocked (dropped) ✗ blocked (dropped) – not asked");
    }

    @Test
    void shows_no_matrix_where_two_verdicts_would_share_a_field() {
        var html = render(Script.run().scenario(3, Status.PASSED, null, s -> s.table(4, cell("a", "b", 4, "open", "open"),
            cell("a", "b", 5, "open", "open")).step(4, "Then", "x", Status.PASSED, null)).toRun());
        assertThat(html).doesNotContain("class=\"matrix\"").contains("ns/b answered in 1 ms");
    }

    @Test
    void shows_the_policies_as_they_were_written() {
        assertThat(PAGE.elements("pre")).extracting(Element::getTextContent)
            .anySatisfy(t -> assertThat(t).contains("podSelector: {}\n  policyTypes: [Ingress, Egress]"));
    }

    @Test
    void does_not_show_a_policy_twice_that_stands_in_the_step() {
        var yaml = "kind: NetworkPolicy\nmetadata: {name: once}\n";
        var entries = new ArrayList<>(Script.run().scenario(3, Status.PASSED, null, s -> s.applied(4, "shop/x", yaml)).entries());
        entries.add(new Entry.StepFinished(entries.getFirst().at(), "features/a.feature:3", 4, 5, "When", "this policy is applied",
            yaml.strip(), Status.PASSED, Duration.ZERO, null));
        assertThat(render(Run.of(entries)).split("name: once", -1)).hasSize(2);
    }

    @Test
    void tables_many_flows_that_differ_for_one_reason() {
        var cells = IntStream.range(0, 40).mapToObj(i -> cell("a", "b" + i, 4, "blocked", "open")).toArray(Cell[]::new);
        var run = Script.run()
            .scenario(3, Status.FAILED, "x", s -> s.table(4, cells).step(4, "Then", "x", Status.FAILED, "x")).toRun();
        var article = Html.squeezed(Html.of(run).elements("article").getFirst());
        assertThat(article).contains("40 of 40 cells differ", "ns/a to ns/b29 on TCP/80 ns/b29 answered in 1 ms", "… and 10 more")
            .doesNotContain("b30");
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
        assertThat(Html.squeezed(PAGE.section("scenarios"))).contains("– skipped An association goes one way too",
            "this kernel has no SCTP (modprobe sctp)");
    }

    @Test
    void is_not_green_for_a_killed_run() {
        assertThat(render(Script.run().scenario(3, Status.PASSED, null, NOTHING).toRun())).contains("class=\"verdict doubt\"");
    }

    @Test
    void escapes_what_comes_from_outside() {
        assertThat(PAGE.text()).contains("A &lt;script&gt;alert(&quot;lockdown&quot;)&lt;/script&gt; &amp; other odd names")
            .doesNotContain("<script");
    }

    @Test
    void lists_the_changes_that_took_longest_to_be_enforced() {
        assertThat(Html.squeezed(PAGE.section("belief"))).contains("policy shop/allow-dns applied features/dns.feature:21 9 ms");
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
    void keeps_what_was_written_as_it_was_indented() {
        assertThat(PAGE.elements("pre").stream().map(Element::getTextContent)).contains("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: deny-all, namespace: shop}
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
            """);
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

package dev.lockdown.report.html;

import static dev.lockdown.report.Script.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.Script;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page's data")
class PackedRunTest {
    private static final Packed PACKED = Packed.of(render(SampleJournal.RUN));

    @Test
    void has_every_verdict_of_the_run_in_the_words_of_the_verdicts() {
        var expected = SampleJournal.RUN.scenarios().stream().flatMap(s -> s.steps().stream())
            .flatMap(s -> s.judged().stream()).map(Entry.Judged::judgement).map(PackedRunTest::flows).toList();
        var packed = PACKED.steps().stream().flatMap(s -> Packed.list(s.path("judged")).stream()).map(PACKED::flows).toList();
        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(packed).isEqualTo(expected);
    }

    private static List<String> flows(Judgement judgement) {
        return judgement.cells().stream().map(c -> Packed.line(Wording.flow(c), Wording.of(c.question().wanted()), Wording.of(c.verdict()),
            c.agrees(), Wording.how(c), List.copyOf(Wording.because(c)), Wording.evidence(c), control(c), Wording.likely(c))).toList();
    }

    private static String control(Cell cell) {
        return cell.verdict() instanceof Verdict.Blocked(_, var grade) ? Wording.of(grade) : "";
    }

    @Test
    void says_each_text_once() {
        assertThat(Packed.list(PACKED.json().path("texts"))).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void lays_a_truth_table_out_in_rows_and_columns_of_the_same_order() {
        var table = PACKED.steps().stream().filter(s -> PACKED.text(s.path("text")).equals("on TCP/8080 the truth table is")).findFirst()
            .orElseThrow().path("judged").path(0).path("table");
        assertThat(Packed.list(table.path("rows"))).extracting(PACKED::text)
            .containsExactly("shop/web", "shop/api", "monitoring/prom", "monitoring/log");
        assertThat(Packed.list(table.path("columns"))).extracting(PACKED::text).containsExactly("shop/web", "shop/api");
        assertThat(table.path("cells")).hasToString("[[-1,0],[1,-1],[2,3],[4,5]]");
    }

    @Test
    void makes_no_truth_table_where_two_verdicts_would_share_a_field() {
        var packed = Packed.of(render(Script.run().scenario(3, Status.PASSED, null, s -> s.table(4, cell("a", "b", 4, "open", "open"),
            cell("a", "b", 5, "open", "open")).step(4, "Then", "x", Status.PASSED, null)).toRun()));
        assertThat(packed.steps().getFirst().path("judged").path(0).has("table")).isFalse();
        assertThat(packed.steps().getFirst().path("judged").path(0).path("flow")).hasSize(2);
    }

    @Test
    void aligns_the_tables_of_steps_and_leaves_out_those_that_their_verdicts_show() {
        assertThat(argument("the services")).isEqualTo("""
            | service  | selects | serves         |
            | shop/api | app=api | TCP/80 -> 8080 |""");
        assertThat(argument("on TCP/8080 the truth table is")).isEmpty();
    }

    private static String argument(String step) {
        return PACKED.text(PACKED.steps().stream().filter(s -> PACKED.text(s.path("text")).equals(step)).findFirst().orElseThrow()
            .path("argument"));
    }

    @Test
    void names_a_manifest_by_its_object_and_says_where_it_stands() {
        var objects = PACKED.steps().stream().flatMap(s -> Packed.list(s.path("changes")).stream())
            .flatMap(c -> Packed.list(c.path("objects")).stream()).toList();
        assertThat(objects).extracting(o -> PACKED.text(o.path("name")) + " in " + PACKED.text(o.path("place")))
            .contains("NetworkPolicy shop/deny-all in ", "NetworkPolicy shop/allow-dns in fixtures/policies/allow-dns.yaml:3");
        assertThat(objects).extracting(o -> PACKED.text(o.path("yaml")))
            .anySatisfy(yaml -> assertThat(yaml).contains("spec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]"));
    }

    @Test
    void keeps_what_was_there_before_the_first_policy_apart_from_the_steps() {
        var setup = PACKED.json().path("scenarios").path(0).path("setup").path(0);
        assertThat(Packed.list(setup.path("objects"))).extracting(o -> PACKED.text(o.path("name"))).startsWith("Namespace shop",
            "Namespace monitoring", "Pod shop/web");
    }

    @Test
    void does_not_show_a_policy_twice_that_stands_in_the_step() {
        var yaml = "kind: NetworkPolicy\nmetadata: {name: once}\n";
        var entries = new ArrayList<>(Script.run().scenario(3, Status.PASSED, null, s -> s.applied(4, "shop/x", yaml)).entries());
        entries.add(new Entry.StepFinished(entries.getFirst().at(), "features/a.feature:3", 4, 5, "When", "this policy is applied",
            yaml.strip(), Status.PASSED, Duration.ZERO, null));
        var step = Packed.of(render(Run.of(entries))).steps().getFirst();
        assertThat(step.path("argument").asInt()).isPositive();
        assertThat(step.path("changes").path(0).path("objects")).isEmpty();
    }

    @Test
    void is_a_small_part_of_the_journal() {
        assertThat(render(SampleJournal.times(40)).length()).isLessThan(40 * SampleJournal.size() / 4);
    }

    private static String render(Run run) {
        return HtmlReport.render(run, "reports/20261122-140311");
    }
}

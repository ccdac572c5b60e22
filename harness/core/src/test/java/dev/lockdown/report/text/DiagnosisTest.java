package dev.lockdown.report.text;

import static dev.lockdown.report.Script.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Script;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A diagnosis")
class DiagnosisTest {
    @TempDir
    Path base;

    @Test
    void underlines_each_cell_that_differs_and_says_once_what_is_the_same_for_all() throws IOException {
        assertThat(table(80, """
                Then on TCP/80 the truth table is
                  | from | a       | b       |
                  | x    | blocked | blocked |
                  | y    | blocked | blocked |
                """, cell("x", "a", 3, "blocked", "open"), cell("x", "b", 3, "blocked", "open"),
            cell("y", "b", 4, "blocked", "open"), cell("y", "a", 4, "blocked", "blocked"))).isEqualTo("""
                        error: 3 of 4 cells differ on TCP/80 (held 12 rounds, 5.0 s)
                         --> features/a.feature:3:12
                        2 | | from | a       | b       |
                        3 | | x    | blocked | blocked |
                          |          ^^^^^^^ observed open, ns/a answered in 1 ms
                          |                    ^^^^^^^ observed open, ns/b answered in 1 ms
                          = expected: denied by shop/deny-all (egress of shop/web)
                          = evidence: ns/a saw 10.42.0.5
                          = likely:   the data plane does not enforce what the policies say
                          = evidence: ns/b saw 10.42.0.5
                        4 | | y    | blocked | blocked |
                          |                    ^^^^^^^ observed open, ns/b answered in 1 ms
                        """);
    }

    @Test
    void shows_six_cells_at_most() throws IOException {
        var rows = new StringBuilder("Then on TCP/80 the truth table is\n| from | a |\n");
        IntStream.range(0, 20).forEach(i -> rows.append("| p").append(i).append(" | blocked |\n"));
        var cells = IntStream.range(0, 20).mapToObj(i -> cell("p" + i, "a", 3 + i, "blocked", "open")).toArray(Cell[]::new);
        var text = table(80, rows.toString(), cells);
        assertThat(text.lines().filter(l -> l.contains("^^^"))).hasSize(6);
        assertThat(text).endsWith("  … and 14 more, see report.html\n");
    }

    @Test
    void counts_wide_characters_twice_and_combining_ones_not_at_all() throws IOException {
        assertThat(table(80, """
                Then on TCP/80 the truth table is
                | from       | a  | b       |
                | 店/ウェブ🚀 | e\u0301  | blocked |
                """, cell("店/ウェブ🚀", "b", 3, "blocked", "open"))).contains("""
                        3 | | 店/ウェブ🚀 | e\u0301  | blocked |
                          |                      ^^^^^^^ observed open, ns/b answered in 1 ms
                        """, "a.feature:3:18");
    }

    @Test
    void expands_tabs() throws IOException {
        assertThat(table(80, "Then on TCP/80 the truth table is\n\t| from\t| b\t|\n\t| x\t| blocked\t|\n",
            cell("x", "b", 3, "blocked", "open")))
            .contains("""
                        3 | | x | blocked   |
                          |       ^^^^^^^ observed open, ns/b answered in 1 ms
                        """, "a.feature:3:8");
    }

    @Test
    void shows_the_part_of_a_wide_table_around_the_cell_and_the_header_above_it() throws IOException {
        var header = new StringBuilder("| from ");
        var row = new StringBuilder("| x    ");
        for (int i = 0; i < 20; i++) {
            header.append("| pod-%02d  ".formatted(i));
            row.append("| blocked ");
        }
        var text = table(60, "Then on TCP/80 the truth table is\n  " + header + "|\n  " + row + "|\n",
            cell("x", "pod-12", 3, "blocked", "open"));
        assertThat(text).contains("""
                2 | …-10  | pod-11  | pod-12  | pod-13  | pod-14  | pod-15 …
                3 | …cked | blocked | blocked | blocked | blocked | blocked…
                  |                   ^^^^^^^
                  |                observed open, ns/pod-12 answered in 1 ms
                """);
    }

    @Test
    void puts_a_label_below_that_does_not_fit_beside() throws IOException {
        assertThat(table(60, """
                Then "shop/web" cannot reach "shop/api" on TCP/8080
                """,
            cell("shop/web to shop/api on TCP/8080", null, 1, "blocked", "open")))
            .isEqualTo("""
                                error: shop/web reaches shop/api on TCP/8080 (held 12
                                       rounds, 5.0 s)
                                 --> features/a.feature:1:6
                                1 | Then "shop/web" cannot reach "shop/api" on TCP/8080
                                  |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                                  |      observed open, shop/api answered in 1 ms
                                  = expected: denied by shop/deny-all (egress of shop/web)
                                  = evidence: shop/api saw 10.42.0.5
                                  = likely:   the data plane does not enforce what the
                                              policies say
                                """);
    }

    @Test
    void leaves_a_long_story_to_the_notes_and_the_label_short() throws IOException {
        assertThat(table(80, """
            Then "shop/web" cannot reach "shop/api" on TCP/8080
            """,
            cell("shop/web to shop/api on TCP/8080", null, 1, "blocked", "unproven")))
            .isEqualTo("""
                inconclusive: shop/web to shop/api on TCP/8080 proves nothing (12 rounds, 5.0 s)
                 --> features/a.feature:1:6
                1 | Then "shop/web" cannot reach "shop/api" on TCP/8080
                  |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ inconclusive
                  = observed: no answer in 1.5 s, but nothing answers on TCP/80 of shop/api, not
                              even its own node
                  = expected: denied by shop/deny-all (egress of shop/web)
                """);
    }

    @Test
    void tells_what_the_step_wants_from_what_the_policies_demand() throws IOException {
        var question = Question.in(new Question.Label("x", "a"), Cells.probe("x to a on TCP/80"), Wanted.OPEN, 3);
        var cell = Cells.of(question, "blocked", Cells.denied(question.probe()));
        assertThat(table(80, """
            Then on TCP/80 the truth table is
            | from | a    |
            | x    | open |
            """, cell)).endsWith("""
                  |          ^^^^ observed blocked (dropped), no answer in 1.5 s
                  = expected: open by the step, but not by the policies
                  = policies: denied by shop/deny-all (egress of shop/web)
                  = likely:   the policies deny it, so the step and the policies disagree: an
                              allowance is missing
                """);
    }

    @Test
    void underlines_the_whole_row_of_a_list() throws IOException {
        assertThat(table(80, """
                Then "shop/web" can no longer
                  | reach | monitoring/prom | TCP/9090 |
                """, cell("shop/web to monitoring/prom on TCP/9090", null, 2, "blocked", "open"))).contains("""
                        2 | | reach | monitoring/prom | TCP/9090 |
                          |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                          |   observed open, monitoring/prom answered in 1 ms
                        """);
    }

    @Test
    void finds_the_column_by_its_unescaped_name() throws IOException {
        assertThat(table(80, """
                Then on TCP/80 the truth table is
                | from | a\\|b | c       |
                | x    | open | blocked |
                """, cell("x", "a|b", 3, "open", "blocked"))).contains("""
                        3 | | x    | open | blocked |
                          |          ^^^^ observed blocked (dropped), no answer in 1.5 s
                        """);
    }

    @Test
    void underlines_the_row_where_the_column_is_not_in_the_header() throws IOException {
        assertThat(table(80, """
                Then on TCP/80 the truth table is
                | from | a       |
                | x    | blocked |
                """, cell("x", "gone", 3, "blocked", "open"))).contains("  |   ^^^^^^^^^^^^^^ observed open");
    }

    @Test
    void underlines_what_an_earlier_step_of_the_block_said_and_no_longer_holds() throws IOException {
        feature("""
                Then on TCP/80 the truth table is
                | from | a       |
                # a comment, then an empty line

                | x    | blocked |
                And "x" cannot reach "b" on TCP/90
                Then "x" cannot reach "c" on TCP/90
                """);
        var run = Script.run().scenario(1, Status.FAILED, "x", s -> s.judged(7, new Scope.Named(), cell("x", "a", 5, "blocked", "open"),
            cell("x to b on TCP/90", null, 6, "blocked", "open")).step(1, "Then", "", Status.PASSED, null)
            .step(6, "And", "", Status.PASSED, null).step(7, "Then", "", Status.FAILED, "x")).toRun();
        assertThat(new Diagnosis(new FeatureFiles(base), 80).text(run.scenarios().getFirst())).contains("""
                2 | | from | a       |
                5 | | x    | blocked |
                  |          ^^^^^^^ observed open, ns/a answered in 1 ms
                """, """
                6 | And "x" cannot reach "b" on TCP/90
                  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ observed open, ns/b answered in 1 ms
                """);
    }

    @Test
    void says_in_words_what_it_cannot_quote() throws IOException {
        var text = new Diagnosis(new FeatureFiles(base), 80).text(Script.run().scenario(3, Status.FAILED, "x",
            s -> s.table(4, cell("x", "b", 5, "blocked", "open")).step(4, "Then", "", Status.FAILED, "x")).toRun()
            .scenarios().getFirst());
        assertThat(text).isEqualTo("""
                error: ns/x reaches ns/b on TCP/80 (held 12 rounds, 5.0 s)
                 --> features/a.feature:5
                  = flow:     ns/x to ns/b on TCP/80
                  = observed: open, ns/b answered in 1 ms
                  = expected: denied by shop/deny-all (egress of shop/web)
                  = evidence: ns/b saw 10.42.0.5
                  = likely:   the data plane does not enforce what the policies say
                """);
    }

    @Test
    void prints_the_message_of_a_bad_input_as_it_is_under_its_place() throws IOException {
        feature("Feature: x\n  Scenario: y\n    When policies/typo.yaml is applied to \"shop\"\n");
        var run =
            Script.run().scenario(2, Status.BROKEN, "x", s -> s.step(3, "When ", "policies/typo.yaml is applied to \"shop\"", Status.BROKEN, """
                policies/typo.yaml:7:3: unknown field "podSelecter" in NetworkPolicySpec
                  7 |   podSelecter: {}
                    |   ^^^^^^^^^^^ did you mean "podSelector"? known here are egress, ingress, podSelector, policyTypes""")).toRun();
        assertThat(new Diagnosis(new FeatureFiles(base), 80).text(run.scenarios().getFirst())).isEqualTo("""
                error: policies/typo.yaml:7:3: unknown field "podSelecter" in NetworkPolicySpec
                 --> features/a.feature:3:10
                3 | When policies/typo.yaml is applied to "shop"
                  |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                     7 |   podSelecter: {}
                       |   ^^^^^^^^^^^ did you mean "podSelector"? known here are egress, ingress, podSelector, policyTypes
                """);
    }

    private String table(int width, String feature, Cell... cells) throws IOException {
        feature(feature);
        var run = Script.run()
            .scenario(1, Status.FAILED, "x", s -> s.table(1, cells).step(1, "Then ", "", Status.FAILED, "x")).toRun();
        return new Diagnosis(new FeatureFiles(base), width).text(run.scenarios().getFirst());
    }

    private void feature(String text) throws IOException {
        Files.createDirectories(base.resolve("features"));
        Files.writeString(base.resolve("features/a.feature"), text);
    }
}

package dev.lockdown.report;

import static dev.lockdown.report.Script.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A run")
class RunTest {
    private static final Consumer<Script.Steps> NOTHING = _ -> {};

    @Test
    void sorts_its_scenarios_by_feature_and_line() {
        var run = Script.run().scenario("features/b.feature", 9, Status.PASSED, null, NOTHING)
            .scenario("features/b.feature", 3, Status.PASSED, null, NOTHING)
            .scenario("features/a.feature", 20, Status.PASSED, null, NOTHING).toRun();
        assertThat(run.scenarios()).extracting(ScenarioRun::place)
            .containsExactly("features/a.feature:20", "features/b.feature:3", "features/b.feature:9");
    }

    @Test
    void knows_each_network_plugin_of_its_journals_once_and_none_where_they_do_not_say() {
        var kubeRouter = new NetworkPlugin("kube-router", new PluginVersion(2, 6, 3), "an image");
        var flannel = new NetworkPlugin("flannel", null, "another");
        assertThat(Run.of(List.of(new Entry.Plugins(Instant.EPOCH, List.of(kubeRouter)),
            new Entry.Plugins(Instant.EPOCH, List.of(kubeRouter, flannel)))).plugins()).containsExactly(kubeRouter, flannel);
        assertThat(Run.of(List.of()).plugins()).isEmpty();
    }

    @Test
    void gives_each_step_what_was_done_and_judged_in_its_line_wherever_it_stands_in_the_journal() {
        var run = Script.run()
            .scenario(3, Status.PASSED, null, s -> s.applied(4, "shop/a", "").table(5, cell("x", "y", 5, "open", "open"))
                .judged(6, new Scope.EveryFlow(), cell("x", "y", 6, "open", "open")).step(4, "When", "", Status.PASSED, null)
                .step(5, "Then", "", Status.PASSED, null).step(6, "And", "", Status.PASSED, null))
            .toRun();
        var steps = run.scenarios().getFirst().steps();
        assertThat(steps.get(0).applied()).hasSize(1);
        assertThat(steps.get(1).judged()).extracting(j -> j.judgement().scope()).containsExactly(new Scope.OnPorts(List.of("TCP/80")));
        assertThat(steps.get(2).judged()).extracting(j -> j.judgement().scope()).containsExactly(new Scope.EveryFlow());
    }

    @Test
    void keeps_what_was_judged_outside_every_step_with_the_last_one() {
        var run = Script.run().scenario(3, Status.PASSED, null, s -> s.step(4, "When", "", Status.PASSED, null)
            .table(99, cell("x", "y", 5, "open", "open"))).toRun();
        assertThat(run.scenarios().getFirst().steps().getFirst().judged()).hasSize(1);
    }

    @Test
    void refuses_a_journal_that_tells_of_a_scenario_before_its_start() {
        assertThatThrownBy(() -> Run.of(SampleRun.entries().subList(4, 10))).hasMessage(
            "the journal tells of scenario features/aftermath.feature:6 before its start");
    }

    @Test
    void counts_probes_and_baselines_without_keeping_them() {
        assertThat(SampleRun.run().scenarios().getFirst().probes()).isEqualTo(new Probes(18, 18, 12));
    }

    @Test
    void has_the_end_that_it_is_given_and_counts_whatever_is_not_well() {
        var run = Script.run().scenario(3, Status.BROKEN, "a", NOTHING).scenario(4, Status.INCONCLUSIVE, "b", NOTHING)
            .scenario(5, Status.FAILED, "c", NOTHING).scenario(6, Status.INCONCLUSIVE, "d", NOTHING).toRun();
        assertThat(run.counts().faulty()).isEqualTo(4);
        var end = new Entry.RunFinished(run.scenarios().getFirst().ended(), 2, Duration.ZERO, null);
        assertThat(run.ended(end).finished()).isEqualTo(end);
        assertThat(run.ended(end).features()).isEqualTo(run.features());
    }

    @Test
    void has_the_scenarios_of_one_line_in_the_order_of_their_names() {
        var script = Script.run();
        for (var id : List.of("b", "c", "a"))
            script.add(new Entry.ScenarioStarted(script.entries().getFirst().at(), id, "f.feature", "F", null, id, 9, List.of()));
        script.add(new Entry.ScenarioStarted(script.entries().getFirst().at(), "z", "f.feature", "F", null, "z", 3, List.of()));
        assertThat(script.toRun().scenarios()).extracting(s -> s.started().scenario()).containsExactly("z", "a", "b", "c");
    }

    @Nested
    @DisplayName("made of several")
    class Merged {
        private final Script first = Script.run().planned(Map.of("features/a.feature", 2, "features/b.feature", 1))
            .scenario("features/a.feature", 3, Status.FAILED, "no", NOTHING).scenario("features/b.feature", 3, Status.PASSED, null, NOTHING)
            .scenario("features/a.feature", 9, Status.PASSED, null, NOTHING);

        @Test
        void has_the_scenarios_of_all_shards() {
            var second =
                Script.run().planned(Map.of("features/c.feature", 1)).scenario("features/c.feature", 3, Status.PASSED, null, NOTHING);
            var run = merged(first.finished(1, null), second.finished(0, null));
            assertThat(run.sentence()).isEqualTo("1 of 4 scenarios failed: no");
            assertThat(run.took()).isEqualTo(Duration.ofMillis(2400));
        }

        @Test
        void misses_what_a_shard_of_the_same_feature_did_not_run() {
            var second =
                Script.run().planned(Map.of("features/a.feature", 2)).scenario("features/a.feature", 20, Status.PASSED, null, NOTHING);
            assertThat(merged(first.finished(1, null), second.finished(0, null)).selected()).isEqualTo(5);
        }

        @Test
        void takes_of_a_scenario_that_was_run_again_the_last_end() {
            var second =
                Script.run().planned(Map.of("features/a.feature", 1)).scenario("features/a.feature", 3, Status.PASSED, null, NOTHING);
            assertThat(merged(first.finished(1, null), second.finished(0, null)).sentence()).isEqualTo("All 3 scenarios passed");
        }

        @Test
        void is_not_finished_if_one_of_them_is_not() {
            var second = Script.run().scenario("features/a.feature", 3, Status.PASSED, null, NOTHING);
            assertThat(merged(first.finished(1, null), second).finished()).isNull();
        }

        private static Run merged(Script... parts) {
            return Run.of(Stream.of(parts).flatMap(p -> p.entries().stream()).toList());
        }
    }

    @Nested
    @DisplayName("says in one sentence")
    class Sentences {
        @Test
        void which_flow_contradicts_which_policy() {
            assertThat(SampleRun.run().sentence())
                .isEqualTo("1 of 31 scenarios failed: shop/web reaches shop/api on TCP/8080 although shop/deny-all denies it");
        }

        @Test
        void that_an_allowed_flow_is_blocked() {
            assertThat(judged("shop/web", "shop/api", "open", "blocked"))
                .isEqualTo("1 of 1 scenario failed: shop/web does not reach shop/api on TCP/80 although shop/allow allows it");
        }

        @Test
        void that_the_step_wants_what_the_policies_do_not() {
            var question = Question.of(Cells.probe("shop/web to shop/api on TCP/80"), Wanted.OPEN, 4);
            var cell = Cells.of(question, "blocked", Cells.denied(question.probe()));
            var run = Script.run()
                .scenario(3, Status.FAILED, "x", s -> s.judged(4, new Scope.Named(), cell).step(4, "Then", "", Status.FAILED, "x"))
                .finished(1, null).toRun();
            assertThat(run.sentence())
                .isEqualTo("1 of 1 scenario failed: shop/web does not reach shop/api on TCP/80 although the step wants it open");
        }

        @Test
        void that_a_probe_outside_a_table_went_wrong() {
            assertThat(judged("shop/web to host:x on TCP/443", null, "blocked", "open"))
                .isEqualTo("1 of 1 scenario failed: shop/web reaches host:x on TCP/443 although shop/deny-all denies it");
        }

        @Test
        void that_a_name_does_not_resolve() {
            assertThat(judged("shop/web resolves api.shop", null, "open", "blocked"))
                .isEqualTo("1 of 1 scenario failed: shop/web does not resolve api.shop although shop/allow allows it");
        }

        @Test
        void that_a_verdict_is_mixed() {
            assertThat(judged("shop/web", "shop/api", "open", "mixed"))
                .isEqualTo("1 of 1 scenario failed: shop/web to shop/api on TCP/80 is mixed, not open although shop/allow allows it");
        }

        @Test
        void why_the_first_of_several_failed() {
            var run = Script.run().scenario(3, Status.FAILED, "b", NOTHING).scenario(2, Status.FAILED, "a\nmore", NOTHING)
                .scenario(4, Status.PASSED, null, NOTHING).finished(1, null).toRun();
            assertThat(run.sentence()).isEqualTo("2 of 3 scenarios failed, the first: a");
        }

        @Test
        void what_could_not_be_run_before_what_failed() {
            var run =
                Script.run().scenario(3, Status.FAILED, "a", NOTHING).scenario(4, Status.BROKEN, "b", NOTHING).finished(2, null).toRun();
            assertThat(run.sentence()).isEqualTo("1 of 2 scenarios could not be run: b");
        }

        @Test
        void what_could_not_be_run() {
            var run = Script.run().scenario(3, Status.BROKEN, "no such pod", NOTHING).finished(2, null).toRun();
            assertThat(run.sentence()).isEqualTo("1 of 1 scenario could not be run: no such pod");
        }

        @Test
        void what_proved_nothing() {
            assertThat(Script.run().scenario(3, Status.INCONCLUSIVE, "agent dead", NOTHING).finished(4, null).toRun().sentence())
                .isEqualTo("1 of 1 scenario proved nothing: agent dead");
        }

        @Test
        void that_all_passed() {
            assertThat(
                Script.run().scenario(3, Status.PASSED, null, NOTHING).scenario(4, Status.PASSED, null, NOTHING).finished(0, null).toRun()
                    .sentence())
                .isEqualTo("All 2 scenarios passed");
        }

        @Test
        void that_some_were_skipped() {
            assertThat(
                Script.run().scenario(3, Status.PASSED, null, NOTHING).scenario(4, Status.SKIPPED, "no SCTP", NOTHING).finished(0, null)
                    .toRun().sentence())
                .isEqualTo("1 of 2 scenarios passed, 1 was skipped");
        }

        @Test
        void that_nothing_is_proven_when_all_were_skipped() {
            assertThat(Script.run().scenario(3, Status.SKIPPED, "no SCTP", NOTHING).scenario(4, Status.SKIPPED, "no SCTP", NOTHING)
                .finished(4, null)
                .toRun().sentence()).isEqualTo("Nothing was proven: all 2 scenarios were skipped");
        }

        @Test
        void that_nothing_is_proven_when_nothing_was_run() {
            assertThat(Script.run().finished(2, null).toRun().sentence()).isEqualTo("Nothing was proven: no scenario was run");
        }

        @Test
        void that_a_killed_run_is_not_done_even_if_what_was_run_passed() {
            assertThat(Script.run().planned(Map.of("features/a.feature", 3)).scenario(3, Status.PASSED, null, NOTHING).toRun().sentence())
                .isEqualTo("The run was ended before it was done: 1 of 3 scenarios was finished");
        }

        @Test
        void that_less_was_run_than_selected() {
            assertThat(
                Script.run().planned(Map.of("features/a.feature", 3)).scenario(3, Status.PASSED, null, NOTHING).finished(0, null).toRun()
                    .sentence())
                .isEqualTo("Nothing failed, but only 1 of 3 scenarios was run");
        }

        @Test
        void why_the_run_as_a_whole_was_ended() {
            assertThat(Script.run().scenario(3, Status.PASSED, null, NOTHING).finished(3, "node-2 does not enforce\n  see doctor").toRun()
                .sentence())
                .isEqualTo("The run was ended: node-2 does not enforce");
        }

        private String judged(String row, String column, String wanted, String observed) {
            return Script
                .run().scenario(3, Status.FAILED, "x",
                    s -> s.judged(4, column == null ? new Scope.Named() : new Scope.OnPorts(List.of("TCP/80")),
                        cell(row, column, 4, wanted, observed)).step(4, "Then", "", Status.FAILED, "x"))
                .finished(1, null).toRun().sentence();
        }
    }

    @Nested
    @DisplayName("says of a failure")
    class Headlines {
        @Test
        void how_many_cells_differ() {
            assertThat(headline(cell("a", "b", 5, "blocked", "open"), cell("a", "c", 5, "blocked", "open"),
                cell("a", "d", 5, "blocked", "blocked"))).isEqualTo("2 of 3 cells differ on TCP/80 (held 12 rounds, 5.0 s)");
        }

        @Test
        void how_many_prove_nothing() {
            assertThat(headline(cell("a", "b", 5, "blocked", "unproven"), cell("a", "d", 5, "blocked", "blocked")))
                .isEqualTo("1 of 2 cells proves nothing on TCP/80 (12 rounds, 5.0 s)");
        }

        @Test
        void both_at_once() {
            assertThat(headline(cell("a", "b", 5, "blocked", "unproven"), cell("a", "d", 5, "blocked", "open")))
                .isEqualTo("1 of 2 cells differs and 1 proves nothing on TCP/80 (held 12 rounds, 5.0 s)");
        }

        @Test
        void of_which_flows_it_speaks() {
            var run = Script.run()
                .scenario(3, Status.FAILED, "x", s -> s.judged(4, new Scope.EveryFlow(), cell("a to b on TCP/80", null, 4, "open", "mixed"),
                    cell("a to c on TCP/80", null, 4, "open", "open")).step(4, "Then", "", Status.FAILED, "x"))
                .toRun();
            assertThat(run.scenarios().getFirst().failures().getFirst().headline())
                .isEqualTo("1 of 2 flows differs, of every flow (held 12 rounds, 5.0 s)");
        }

        @Test
        void what_it_is_where_there_is_only_one_flow() {
            assertThat(headline(cell("shop/web", "shop/api", 5, "blocked", "open")))
                .isEqualTo("shop/web reaches shop/api on TCP/80 (held 12 rounds, 5.0 s)");
        }

        private String headline(Cell... cells) {
            return Script.run()
                .scenario(3, Status.FAILED, "x", s -> s.table(4, cells).step(4, "Then", "", Status.FAILED, "x")).toRun()
                .scenarios().getFirst().failures().getFirst().headline();
        }
    }
}

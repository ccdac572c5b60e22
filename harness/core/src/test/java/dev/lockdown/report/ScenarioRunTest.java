package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A scenario")
class ScenarioRunTest {
    private static final Consumer<Script.Steps> NOTHING = _ -> {};

    @Test
    void that_did_not_finish_is_inconclusive_and_says_so() {
        var scenario = unfinished();
        assertThat(scenario.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(scenario.problem()).isEqualTo("the run ended before this scenario did");
        assertThat(scenario.failures()).containsExactly(
            new Failure.Problem(null, Status.INCONCLUSIVE, "the run ended before this scenario did"));
    }

    @Test
    void that_did_not_finish_took_until_its_last_step() {
        assertThat(unfinished().took()).isZero();
        var step = new Entry.StepFinished(Instant.parse("2026-11-22T14:03:13Z"), "features/a.feature:3", 4, 5, "When", "", null,
            Status.PASSED, Duration.ZERO, null);
        assertThat(only(Script.run().started("features/a.feature", 3).add(step)).took()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void that_finished_took_what_the_journal_says() {
        assertThat(scenario(Status.PASSED, null, NOTHING).took()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void that_was_skipped_says_why_by_itself_by_its_first_step_with_a_reason_or_not_at_all() {
        Consumer<Script.Steps> steps = s -> s.step(4, "Given", "", Status.PASSED, null).step(5, "And", "", Status.SKIPPED, "no SCTP")
            .step(6, "Then", "", Status.SKIPPED, "later");
        assertThat(scenario(Status.SKIPPED, "no IPv6", steps).skippedBecause()).isEqualTo("no IPv6");
        assertThat(scenario(Status.SKIPPED, null, steps).skippedBecause()).isEqualTo("no SCTP");
        assertThat(scenario(Status.SKIPPED, null, NOTHING).skippedBecause()).isEqualTo("no reason was given");
    }

    @Test
    void keeps_what_was_applied_before_its_steps_apart() {
        var scenario = scenario(Status.PASSED, null,
            s -> s.applied(0, "shop/before", "").applied(4, "shop/a", "").step(4, "When", "", Status.PASSED, null));
        assertThat(scenario.setup()).extracting(Entry.Applied::line).containsExactly(0);
        assertThat(scenario.steps().getFirst().applied()).extracting(Entry.Applied::line).containsExactly(4);
    }

    @Test
    void counts_its_canaries() {
        var canary = SampleRun.entries().stream().filter(Entry.Canary.class::isInstance).map(Entry.Canary.class::cast).findFirst();
        assertThat(canary).isPresent();
        assertThat(SampleRun.run().scenarios()).anySatisfy(s -> assertThat(s.canaries()).contains(canary.get()));
    }

    @ParameterizedTest
    @EnumSource(names = {"PASSED", "SKIPPED"})
    void without_a_fault_has_no_failures_whatever_its_steps_say(Status status) {
        assertThat(scenario(status, null, s -> s.step(4, "Then", "", Status.FAILED, "x")).failures()).isEmpty();
    }

    @Nested
    @DisplayName("says what went wrong")
    class Failures {
        @Test
        void as_its_step_says_it_once() {
            var scenario = scenario(Status.BROKEN, "no such pod",
                s -> s.step(4, "Given", "", Status.PASSED, null).step(5, "When", "", Status.BROKEN, "no such pod\n  there are: a\n  b"));
            var problem = (Failure.Problem) scenario.failures().getFirst();
            assertThat(scenario.failures()).hasSize(1);
            assertThat(problem.step()).isEqualTo(scenario.steps().get(1));
            assertThat(problem.status()).isEqualTo(Status.BROKEN);
            assertThat(problem.headline()).isEqualTo("no such pod");
            assertThat(problem.details()).containsExactly("  there are: a", "  b");
        }

        @Test
        void by_the_scenario_where_no_step_did() {
            assertThat(scenario(Status.BROKEN, "a hook threw", NOTHING).failures())
                .containsExactly(new Failure.Problem(null, Status.BROKEN, "a hook threw"));
        }

        @Test
        void although_nobody_said_it() {
            assertThat(scenario(Status.BROKEN, null, NOTHING).failures().getFirst().headline()).isEqualTo("no step says why");
            assertThat(scenario(Status.FAILED, null, s -> s.step(4, "Then", "", Status.FAILED, null)).failures().getFirst().headline())
                .isEqualTo("the step did not pass");
        }

        @Test
        void by_the_cells_that_differ_and_not_by_the_message_of_their_step() {
            var differing = Script.cell("shop/web", "shop/api", 5, "blocked", "open");
            var agreeing = Script.cell("shop/web", "shop/db", 5, "open", "open");
            var scenario = scenario(Status.FAILED, "x", s -> s.table(4, agreeing, differing).step(4, "Then", "", Status.FAILED, "x"));
            var differs = (Failure.Differs) scenario.failures().getFirst();
            assertThat(scenario.failures()).hasSize(1);
            assertThat(differs.cells()).containsExactly(differing);
            assertThat(differs.step()).isEqualTo(scenario.steps().getFirst());
            assertThat(differs.status()).isEqualTo(Status.FAILED);
        }

        @Test
        void as_inconclusive_only_where_every_cell_is() {
            var unproven = Script.cell("shop/web", "shop/api", 5, "blocked", "unproven");
            var open = Script.cell("shop/web", "shop/db", 5, "blocked", "open");
            assertThat(statusOf(unproven)).isEqualTo(Status.INCONCLUSIVE);
            assertThat(statusOf(unproven, open)).isEqualTo(Status.FAILED);
        }

        @Test
        void worst_first() {
            var scenario = scenario(Status.BROKEN, null, s -> s.step(4, "Then", "", Status.INCONCLUSIVE, "unproven")
                .step(5, "Then", "", Status.FAILED, "open").step(6, "Then", "", Status.BROKEN, "no such pod"));
            assertThat(scenario.failures()).extracting(Failure::status).isSorted().contains(Status.FAILED, Status.BROKEN,
                Status.INCONCLUSIVE);
        }

        @Test
        void by_its_steps_and_by_itself_where_it_did_not_finish() {
            var step = new Entry.StepFinished(Instant.EPOCH, "features/a.feature:3", 4, 5, "Then", "", null, Status.FAILED, Duration.ZERO,
                "open");
            assertThat(only(Script.run().started("features/a.feature", 3).add(step)).failures()).extracting(Failure::headline)
                .containsExactlyInAnyOrder("open", "the run ended before this scenario did");
        }

        @Test
        void never_by_no_cell() {
            var step = scenario(Status.FAILED, "x", s -> s.step(4, "Then", "", Status.FAILED, "x")).steps().getFirst();
            var judgement = new Judgement(new Scope.Named(), List.of(Cells.of("a to b on TCP/80", 4, "open", "open")), 1, Duration.ZERO);
            assertThatThrownBy(() -> new Failure.Differs(step, judgement, List.of())).hasMessage("no cell differs");
        }

        private Status statusOf(Cell... cells) {
            return scenario(Status.FAILED, "x", s -> s.table(4, cells).step(4, "Then", "", Status.FAILED, "x")).failures().getFirst()
                .status();
        }
    }

    private static ScenarioRun unfinished() {
        return only(Script.run().started("features/a.feature", 3));
    }

    private static ScenarioRun scenario(Status status, String problem, Consumer<Script.Steps> steps) {
        return only(Script.run().scenario(3, status, problem, steps));
    }

    private static ScenarioRun only(Script script) {
        return script.toRun().scenarios().getFirst();
    }
}

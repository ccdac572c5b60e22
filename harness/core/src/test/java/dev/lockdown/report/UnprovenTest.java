package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a run has not proven")
class UnprovenTest {
    private static final Instant AT = Instant.parse("2026-11-28T09:00:00Z");

    private static Run run(Entry.Planned planned, Entry... entries) {
        var all = new ArrayList<Entry>(List.of(planned));
        all.addAll(Arrays.asList(entries));
        return Run.of(all);
    }

    private static Entry.Planned planned(int times, Integer... lines) {
        return Entry.Planned.of(AT, Map.of("a.feature", List.of(lines)), times);
    }

    private static Entry started(String id, int line) {
        return new Entry.ScenarioStarted(AT, id, "a.feature", "A", null, "line " + line, line, List.of());
    }

    private static Entry finished(String id, Status status) {
        return new Entry.ScenarioFinished(AT, id, status, Duration.ZERO, null);
    }

    @Test
    void is_what_did_not_pass_what_did_not_end_and_what_never_ran() {
        var run = run(planned(1, 3, 5, 7, 9, 11), started("s3", 3), finished("s3", Status.PASSED), started("s5", 5),
            finished("s5", Status.FAILED), started("s7", 7), started("s11", 11), finished("s11", Status.SKIPPED));
        assertThat(run.unproven().scenarios()).containsExactly("a.feature:5", "a.feature:7", "a.feature:9");
    }

    @Test
    void is_a_scenario_that_did_not_pass_as_often_as_it_was_to_run() {
        var run = run(planned(2, 3, 5), started("s3", 3), finished("s3", Status.PASSED), started("s5", 5), finished("s5", Status.PASSED),
            started("s3#2", 3), finished("s3#2", Status.PASSED));
        assertThat(run.selected()).isEqualTo(4);
        assertThat(run.unproven().scenarios()).containsExactly("a.feature:5");
    }

    @Test
    void is_nothing_where_all_passed() {
        var run = run(planned(1, 3), started("s3", 3), finished("s3", Status.PASSED));
        assertThat(run.unproven().scenarios()).isEmpty();
        assertThat(run.unproven().features()).isEmpty();
    }

    @Test
    void is_a_whole_feature_where_only_the_number_of_its_scenarios_was_written() {
        var run = run(new Entry.Planned(AT, Map.of("a.feature", 2, "b.feature", 1), Map.of(), null), started("s3", 3),
            finished("s3", Status.PASSED));
        assertThat(run.unproven().features()).containsExactlyInAnyOrder("a.feature", "b.feature");
    }

    @Test
    void is_told_of_a_scenario_that_passes_now_and_then() {
        var run = run(planned(3, 3, 5), started("s3", 3), finished("s3", Status.PASSED), started("s3#2", 3),
            finished("s3#2", Status.FAILED), started("s3#3", 3), finished("s3#3", Status.PASSED), started("s5", 5),
            finished("s5", Status.FAILED), started("s5#2", 5), finished("s5#2", Status.FAILED));
        assertThat(run.flaky()).containsExactly(new Flaky("a.feature", 3, "line 3", 2, 3));
    }

    @Test
    void is_no_feature_all_of_whose_scenarios_were_run() {
        var run = run(new Entry.Planned(AT, Map.of("a.feature", 1), Map.of(), null), started("s3", 3), finished("s3", Status.PASSED));
        assertThat(run.unproven().features()).isEmpty();
    }
}

package dev.lockdown.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Purpose;
import dev.lockdown.journal.Entry.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The progress of a run")
class ProgressTest {
    private static final Instant BEGAN = Instant.parse("2026-11-22T14:03:11Z");

    private final Progress progress = new Progress();
    private final FeatureNames names = new FeatureNames(List.of("a.feature"));

    private static Entry started(int line, int seconds) {
        return new Entry.ScenarioStarted(BEGAN.plusSeconds(seconds), "a.feature:" + line, "a.feature", "A", null, "scenario " + line, line,
            List.of());
    }

    private static Entry finished(int line, Status status, int seconds) {
        return new Entry.ScenarioFinished(BEGAN.plusSeconds(seconds), "a.feature:" + line, status, Duration.ofSeconds(1), null);
    }

    private static Entry asked(int line, Purpose purpose, Duration after) {
        return new Entry.Observed(BEGAN.plus(after), "a.feature:" + line, 5, purpose, List.of());
    }

    private void begin() {
        progress.heed(new Entry.RunStarted(BEGAN, "r", "1", "embedded", 7, List.of()));
        progress.heed(new Entry.Planned(BEGAN, Map.of("a.feature", 3), Map.of(), null));
    }

    @Test
    void says_how_long_what_is_done_what_is_red_and_what_is_waited_for() {
        begin();
        assertThat(progress.heed(started(3, 1))).isTrue();
        assertThat(progress.text(names)).isEqualTo("  1 s · 0 of 3 · a.feature:3  scenario 3 · pods");
        progress.heed(finished(3, Status.FAILED, 62));
        progress.heed(started(7, 63));
        assertThat(progress.heed(asked(7, Purpose.SENTINEL, Duration.ofSeconds(64)))).isTrue();
        assertThat(progress.text(names)).isEqualTo("  1 min 4 s · 1 of 3 · 1 red · a.feature:7  scenario 7 · enforcement");
    }

    @Test
    void is_about_the_scenario_that_runs_for_the_longest() {
        begin();
        progress.heed(started(3, 0));
        progress.heed(started(7, 0));
        assertThat(progress.text(names)).contains("a.feature:3");
        progress.heed(finished(3, Status.PASSED, 1));
        assertThat(progress.text(names)).contains("1 of 3 · a.feature:7").doesNotContain("red");
    }

    @Test
    void says_what_of_the_cluster_is_waited_for() {
        begin();
        progress.heed(started(3, 0));
        var wait = new Entry.Waiting(BEGAN.plusSeconds(2), "a.feature:3", "the namespace a to be gone", Duration.ofSeconds(1),
            Entry.WaitState.GOES_ON);
        assertThat(progress.heed(wait)).isTrue();
        assertThat(progress.text(names)).endsWith("· pods, waiting for the namespace a to be gone");
        progress.heed(new Entry.Waiting(BEGAN.plusSeconds(3), "a.feature:3", wait.what(), Duration.ofSeconds(2), Entry.WaitState.MET));
        assertThat(progress.text(names)).endsWith("· pods");
    }

    @Test
    void says_how_many_of_many_flows_have_been_asked() {
        begin();
        progress.heed(started(3, 0));
        progress.heed(new Entry.Canary(BEGAN.plusSeconds(1), "a.feature:3", List.of(), Duration.ZERO, null));
        assertThat(progress.heed("a.feature:3", BEGAN.plusSeconds(2), 120_000, 1_006_002)).isTrue();
        assertThat(progress.text(names)).isEqualTo("  2 s · 0 of 3 · a.feature:3  scenario 3 · baseline, 120,000 of 1,006,002 flows asked");
        assertThat(progress.heed("a.feature:3", BEGAN.plusMillis(2050), 120_100, 1_006_002)).isFalse();
        assertThat(progress.heed("a.feature:3", BEGAN.plusSeconds(3), 100, 9_999)).isFalse();
        assertThat(progress.heed("a.feature:7", BEGAN.plusSeconds(3), 120_100, 1_006_002)).isFalse();
        progress.heed(asked(3, Purpose.BASELINE, Duration.ofSeconds(4)));
        assertThat(progress.text(names)).endsWith("scenario 3 · change");
    }

    @Test
    void is_not_written_more_often_than_it_can_be_read_nor_when_nothing_runs() {
        begin();
        progress.heed(started(3, 0));
        assertThat(progress.heed(asked(3, Purpose.VERDICT, Duration.ofMillis(99)))).isFalse();
        assertThat(progress.heed(asked(3, Purpose.VERDICT, Duration.ofMillis(100)))).isTrue();
        assertThat(progress.heed(finished(3, Status.PASSED, 1))).isFalse();
    }
}

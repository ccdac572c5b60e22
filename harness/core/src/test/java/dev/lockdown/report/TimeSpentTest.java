package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Purpose;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.TimeSpent.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The time of a scenario")
class TimeSpentTest {
    private static final String ID = "features/a.feature:3";
    private static final Instant BEGAN = Instant.parse("2026-11-22T14:03:11Z");
    private final RunBuilder builder = new RunBuilder();
    private Instant now = BEGAN;

    private TimeSpentTest() {
        builder.accept(new Entry.ScenarioStarted(now, ID, "features/a.feature", "A", null, "b", 3, List.of()));
    }

    private void applied(int millis, int line) {
        now = now.plusMillis(millis);
        builder.accept(new Entry.Applied(now, ID, line, List.of(), now, now, null, List.of()));
    }

    private void observed(int millis, int line, Purpose purpose) {
        now = now.plusMillis(millis);
        builder.accept(new Entry.Observed(now, ID, line, purpose, List.of()));
    }

    private void finished(int millis) {
        now = now.plusMillis(millis);
        builder.accept(new Entry.ScenarioFinished(now, ID, Status.PASSED, Duration.between(BEGAN, now), null));
    }

    @Test
    void was_spent_on_what_came_in_the_end_of_it() {
        applied(4000, 0);
        observed(300, 0, Purpose.SENTINEL);
        observed(200, 0, Purpose.BASELINE);
        observed(100, 5, Purpose.BEFORE_CHANGE);
        observed(400, 5, Purpose.SENTINEL);
        applied(10, 5);
        observed(250, 6, Purpose.CONTROL);
        observed(2, 6, Purpose.VERDICT);
        finished(30);
        var scenario = builder.scenario(ID);
        assertThat(scenario.spent().on()).isEqualTo(Map.of(Part.PODS, Duration.ofMillis(4000), Part.CANARY, Duration.ofMillis(300),
            Part.BASELINE, Duration.ofMillis(200), Part.ENFORCEMENT, Duration.ofMillis(410), Part.VERDICTS, Duration.ofMillis(352),
            Part.REST, Duration.ofMillis(30)));
        assertThat(scenario.spent().on().values().stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(scenario.took());
        assertThat(scenario.spentWords()).isEqualTo("pods 4.0 s · canary 300 ms · baseline 200 ms · enforcement 410 ms · verdicts 352 ms");
    }

    @Test
    void is_not_told_where_it_was_short() {
        applied(900, 0);
        finished(50);
        assertThat(builder.scenario(ID).spentWords()).isEmpty();
    }

    @Test
    void does_not_run_backwards_where_entries_tell_of_earlier_times() {
        applied(1000, 0);
        now = now.minusMillis(400);
        observed(0, 0, Purpose.SENTINEL);
        finished(600);
        assertThat(builder.scenario(ID).spent().on()).containsExactly(Map.entry(Part.PODS, Duration.ofMillis(1000)),
            Map.entry(Part.REST, Duration.ofMillis(200)));
    }
}

package dev.lockdown.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.TimeVerdict.Doubt;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Turns again and again")
class RepeatedTurnsTest {
    private final List<SampleRun> runs = new ArrayList<>(List.of(new SampleRun(0, 99_000, 100, Seen.OPEN)));
    private final List<Cause> causes = new ArrayList<>();

    /// One that takes so long to be cut off, and comes back a millisecond after the change.
    private void cutOffAfter(int millis) {
        long at = runs.getLast().lastMicros() + 1_000;
        causes.add(new Cause("policy shop/deny applied", at, at));
        runs.add(new SampleRun(at, at + (millis - 1) * 1000L, millis, Seen.OPEN));
        runs.add(new SampleRun(at + millis * 1000L, at + 199_000, 200 - millis, Seen.SILENT));
        causes.add(new Cause("policy shop/deny deleted", at + 200_000, at + 200_000));
        runs.add(new SampleRun(at + 201_000, at + 300_000, 100, Seen.OPEN));
    }

    private TimeVerdict judge(int within, int needed, int of) {
        return TimeJudge.judge(new TimeClaim.CutOff(Duration.ofMillis(within), new TimeClaim.Times(needed, of)), runs, causes,
            runs.getLast().lastMicros());
    }

    @Test
    void hold_where_enough_of_the_last_ones_were_in_time() {
        cutOffAfter(90);
        for (int i = 0; i < 19; i++) cutOffAfter(10);
        cutOffAfter(40);
        var verdict = judge(20, 19, 20);
        assertThat(verdict.ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(verdict.turns()).hasSize(20);
        assertThat(TimeWording.of("a to b", verdict)).isEqualTo(
            "a to b, asked within 20 ms, 19 of 20 times: was cut off in time 19 of 20 times (median 10 ms, 10 ms to 40 ms), at least 78 % with 95 % confidence");
    }

    @Test
    void fail_where_too_many_were_late() {
        for (int i = 0; i < 18; i++) cutOffAfter(10);
        cutOffAfter(40);
        cutOffAfter(41);
        var verdict = judge(20, 19, 20);
        assertThat(verdict.ruling()).isEqualTo(Ruling.FAILS);
        assertThat(verdict.window()).isNotNull().extracting(Window::mostMicros).isEqualTo(41_000L);
        assertThat(TimeWording.of("a to b", verdict))
            .isEqualTo("a to b was cut off in time 18 of 20 times (median 10 ms, 10 ms to 41 ms); asked: within 20 ms, 19 of 20 times");
    }

    @Test
    void prove_nothing_where_there_were_too_few_or_a_bound_lies_between_two_samples() {
        for (int i = 0; i < 3; i++) cutOffAfter(10);
        assertThat(judge(20, 3, 4).doubt()).isEqualTo(Doubt.TOO_FEW);
        assertThat(TimeWording.of("a to b", judge(20, 3, 4))).contains("it turned 3 times; was cut off in time 3 of 3 times");
        cutOffAfter(20);
        assertThat(TimeJudge.judge(new TimeClaim.CutOff(Duration.ofNanos(19_500_000), new TimeClaim.Times(4, 4)), runs, causes,
            runs.getLast().lastMicros()).doubt()).isEqualTo(Doubt.BETWEEN_SAMPLES);
    }

    @Test
    void are_told_from_those_the_other_way() {
        for (int i = 0; i < 3; i++) cutOffAfter(10);
        var back = TimeJudge.judge(new TimeClaim.Back(Duration.ofMillis(5), new TimeClaim.Times(3, 3)), runs, causes,
            runs.getLast().lastMicros());
        assertThat(back.ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(back.turns()).allSatisfy(w -> assertThat(w.kind()).isEqualTo(Window.Kind.BACK));
    }
}

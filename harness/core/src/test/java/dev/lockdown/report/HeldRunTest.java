package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.FateClaim;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Way;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.verdict.Cells;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A connection that was held open")
class HeldRunTest {
    private static final String ID = "features/a.feature:3";
    private static final Instant BEGAN = Instant.parse("2026-11-28T09:00:00Z");
    private static final Flow FLOW = ((Probe.Reach) Cells.probe("shop/web to shop/api on TCP/80")).flow();
    private static final Duration INTERVAL = Duration.ofMillis(1);

    private static Entry held(int number) {
        return new Entry.Held(BEGAN, ID, 4, number, INTERVAL, FLOW);
    }

    private static Entry beats(int held, Way way, long from, long to, Beat beat) {
        return new Entry.Beats(Instant.EPOCH, ID, held, new BeatRun(way, from, to, (int) ((to - from) / 1000 + 1), beat, 100));
    }

    private static Entry applied(int line, long micros) {
        var sent = BEGAN.plusNanos(micros * 1000);
        var edit = new Edit(Edit.Verb.APPLIED, Edit.Kind.NETWORK_POLICY, "shop/deny", Map.of(), "", null, 0);
        return new Entry.Applied(sent, ID, line, List.of(edit), sent, sent.plusMillis(2), null, List.of());
    }

    private static Entry asked(FateClaim claim, long until, Ruling ruling) {
        var cause = new Cause("policy shop/deny applied", 100_000, 102_000);
        return new Entry.FateMeasured(BEGAN, ID, 6, 1, FLOW, until, until,
            new FateVerdict(claim, ruling, new Fate.Silent(0), cause, FateVerdict.Losses.NONE, null));
    }

    private static Run run(Entry... entries) {
        var all = new ArrayList<>(List.of(held(1)));
        all.addAll(Arrays.asList(entries));
        var script = Script.run().started("features/a.feature", 3);
        all.forEach(script::add);
        for (int line : new int[] {4, 6})
            script.add(new Entry.StepFinished(BEGAN, ID, line, 5, "When", "", null, Status.PASSED, Duration.ZERO, null));
        return script.add(new Entry.ScenarioFinished(BEGAN, ID, Status.PASSED, Duration.ZERO, null)).toRun();
    }

    private static HeldRun connection(Entry... entries) {
        return run(entries).scenarios().getFirst().held().getFirst();
    }

    private static Entry[] silencedAt(long micros) {
        return new Entry[] {applied(6, 100_000), beats(1, Way.THERE, 0, micros, Beat.ARRIVED), beats(1, Way.BACK, 0, micros, Beat.ARRIVED),
            beats(1, Way.THERE, micros + 1_000, 3_000_000, Beat.LOST), beats(1, Way.BACK, micros + 1_000, 3_000_000, Beat.LOST)};
    }

    @Test
    void has_its_beats_and_what_was_missed() {
        var connection = connection(held(2), beats(1, Way.THERE, 0, 9_000, Beat.ARRIVED), beats(2, Way.BACK, 0, 1_000, Beat.LOST),
            new Entry.HeldEnded(BEGAN, ID, 1, 7));
        assertThat(connection.held()).isEqualTo(held(1));
        assertThat(connection.beats()).containsExactly(new BeatRun(Way.THERE, 0, 9_000, 10, Beat.ARRIVED, 100));
        assertThat(connection.missedBeats()).isEqualTo(7);
    }

    @Test
    void met_each_change_that_the_steps_made_while_it_was_held() {
        var entries = new ArrayList<>(List.of(applied(0, 1_000), applied(4, -50_000)));
        entries.addAll(Arrays.asList(silencedAt(101_000)));
        var run = run(entries.toArray(Entry[]::new)).scenarios().getFirst();
        var met = run.held().getFirst().fates(run.applied());
        assertThat(met).hasSize(1);
        assertThat(met.getFirst().cause()).isEqualTo(new Cause("policy shop/deny applied", 100_000, 102_000));
        assertThat(met.getFirst().fate()).isEqualTo(new Fate.Silent(1_000));
        assertThat(met.getFirst().losses().there()).isEqualTo(2_899);
    }

    @Test
    void met_a_change_until_the_next_one() {
        var run = run(applied(6, 100_000), applied(6, 1_500_000), beats(1, Way.THERE, 0, 1_499_000, Beat.ARRIVED),
            beats(1, Way.BACK, 0, 1_499_000, Beat.ARRIVED), beats(1, Way.THERE, 1_500_000, 4_000_000, Beat.LOST),
            beats(1, Way.BACK, 1_500_000, 4_000_000, Beat.LOST)).scenarios().getFirst();
        assertThat(run.held().getFirst().fates(run.applied())).extracting(HeldRun.Met::fate)
            .satisfiesExactly(f -> assertThat(f).isEqualTo(new Fate.Survives(0)), f -> assertThat(f).isInstanceOf(Fate.Silent.class));
    }

    @Test
    void is_judged_again_by_the_beats_that_were_known_then() {
        var entries = new ArrayList<>(Arrays.asList(silencedAt(101_000)));
        entries.add(asked(FateClaim.GOES_SILENT, 3_000_000, Ruling.FAILS));
        entries.add(asked(FateClaim.GOES_SILENT, 101_000, Ruling.HOLDS));
        var run = run(entries.toArray(Entry[]::new));
        assertThat(run.fates()).hasSize(2).noneMatch(StepRun.FateAsked::isAsRecorded);
        assertThat(run.fates()).extracting(f -> f.again().ruling()).containsExactly(Ruling.HOLDS, Ruling.INCONCLUSIVE);
        assertThat(run.scenarios().getFirst().steps().get(1).fates()).isEqualTo(run.fates());
        var recorded = (Entry.FateMeasured) entries.get(5);
        entries.set(5, new Entry.FateMeasured(BEGAN, ID, 6, 1, FLOW, 3_000_000, 3_000_000, run.fates().getFirst().again()));
        assertThat(recorded.verdict()).isNotEqualTo(run.fates().getFirst().again());
        assertThat(run(entries.toArray(Entry[]::new)).fates().getFirst().isAsRecorded()).isTrue();
    }

    @Test
    void is_told_of_only_after_it_was_held() {
        assertThatThrownBy(() -> run(beats(3, Way.BACK, 0, 0, Beat.LOST)))
            .hasMessage("the journal tells of connection 3 of features/a.feature:3 before its start");
    }
}

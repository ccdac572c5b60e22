package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Disrupted;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeJudge;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.chaos.Window;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Seen;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.verdict.Cells;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Flows that were watched")
class WatchRunTest {
    private static final String ID = "features/a.feature:3";
    /// Finer than the journal writes it.
    private static final Instant BEGAN = Instant.parse("2026-11-28T09:00:00.000000900Z");
    private static final Entry.Watched WATCHED = new Entry.Watched(BEGAN, ID, 4, 1, Duration.ofMillis(1),
        List.of(flow("shop/web to shop/api on TCP/80"), flow("shop/web to shop/db on TCP/80")));

    private static Flow flow(String text) {
        return ((Probe.Reach) Cells.probe(text)).flow();
    }

    private static Entry.Sampled sampled(int watch, int flow, long from, long to, int count, Seen seen) {
        return new Entry.Sampled(Instant.EPOCH, ID, watch, flow, new SampleRun(from, to, count, seen));
    }

    private static Entry.Applied applied(int line, String policy, long micros) {
        var sent = BEGAN.plusNanos(micros * 1000);
        var edit = new Edit(Edit.Verb.APPLIED, Edit.Kind.NETWORK_POLICY, policy, Map.of(), "", null, 0);
        return new Entry.Applied(sent, ID, line, List.of(edit, edit), sent, sent.plusMillis(2), null, List.of());
    }

    private static ScenarioRun run(Entry... entries) {
        var script = Script.run().started("features/a.feature", 3).add(WATCHED);
        List.of(entries).forEach(script::add);
        return script.add(step(4)).add(step(6)).add(new Entry.ScenarioFinished(BEGAN, ID, Status.PASSED, Duration.ZERO, null)).toRun()
            .scenarios().getFirst();
    }

    private static Entry step(int line) {
        return new Entry.StepFinished(BEGAN, ID, line, 5, "When", "", null, Status.PASSED, Duration.ZERO, null);
    }

    @Test
    void have_their_samples_each_its_own_and_what_was_missed() {
        var watch = run(sampled(1, 0, 0, 9_000, 10, Seen.OPEN), sampled(1, 1, 0, 4_000, 5, Seen.SILENT),
            sampled(1, 1, 5_000, 9_000, 5, Seen.SILENT), new Entry.WatchEnded(BEGAN, ID, 1, 3, Duration.ofMillis(2))).watches().getFirst();
        assertThat(watch.watched()).isEqualTo(WATCHED);
        assertThat(watch.runs()).containsExactly(List.of(new SampleRun(0, 9_000, 10, Seen.OPEN)),
            List.of(new SampleRun(0, 9_000, 10, Seen.SILENT)));
        assertThat(watch.missedTicks()).isEqualTo(3);
    }

    @Test
    void are_kept_apart_watch_by_watch() {
        var second = new Entry.Watched(BEGAN, ID, 5, 2, Duration.ofMillis(5), List.of(flow("shop/db to shop/api on TCP/80")));
        var watches = run(second, sampled(2, 0, 0, 0, 1, Seen.REJECTED)).watches();
        assertThat(watches.get(0).runs()).allSatisfy(runs -> assertThat(runs).isEmpty());
        assertThat(watches.get(1).runs()).containsExactly(List.of(new SampleRun(0, 0, 1, Seen.REJECTED)));
    }

    @Test
    void turned_when_what_the_steps_changed_was_sent_and_not_when_the_setup_was() {
        var scenario = run(applied(0, "shop/before", -50), applied(6, "shop/deny", 10_000), sampled(1, 0, 0, 12_000, 13, Seen.OPEN),
            sampled(1, 0, 13_000, 30_000, 18, Seen.SILENT));
        var watch = scenario.watches().getFirst();
        var cause = new Cause("policy shop/deny applied, policy shop/deny applied", 10_000, 12_000);
        assertThat(scenario.applied()).extracting(Entry.Applied::line).containsExactly(6);
        assertThat(watch.causes(List.of(applied(0, "shop/before", -50), applied(6, "shop/deny", 10_000)))).containsExactly(cause);
        assertThat(watch.windows(0, scenario.applied()))
            .containsExactly(new Window(Window.Kind.CUT_OFF, cause, 10_000, 2_000, 3_000, null, 3));
        assertThat(watch.windows(1, scenario.applied())).isEmpty();
    }

    @Test
    void are_measured_by_the_step_that_says_so() {
        var steps = run(sampled(1, 0, 0, 9_000, 10, Seen.SILENT), measured(9_000)).steps();
        assertThat(steps.get(0).measured()).isEmpty();
        assertThat(steps.get(1).measured()).extracting(m -> m.verdict().ruling()).containsExactly(Ruling.HOLDS);
    }

    @Test
    void are_judged_again_by_the_samples_that_were_known_then_and_the_change_that_was_made_before() {
        var steps = run(sampled(1, 0, 0, 9_000, 10, Seen.SILENT), measured(9_000), applied(6, "shop/deny", 10_000), measured(11_000),
            sampled(1, 0, 10_000, 11_000, 2, Seen.OPEN)).steps();
        assertThat(steps.get(1).measured()).extracting(m -> m.verdict().ruling()).containsExactly(Ruling.HOLDS, Ruling.FAILS);
        var back = new Entry.Measured(BEGAN, ID, 6, 1, WATCHED.flows().getFirst(), 40_000,
            TimeJudge.judge(new TimeClaim.Back(Duration.ofMillis(5)), List.of(), List.of(), 0));
        var turned =
            run(sampled(1, 0, 0, 9_000, 10, Seen.SILENT), applied(6, "shop/deny", 7_500), sampled(1, 0, 10_000, 40_000, 31, Seen.OPEN),
                back).steps().get(1).measured().getFirst().verdict();
        assertThat(turned.ruling()).isEqualTo(Ruling.HOLDS);
        assertThat(turned.window()).isNotNull().extracting(w -> w.cause().sentMicros()).isEqualTo(7_500L);
    }

    @Test
    void are_told_where_they_do_not_come_out_as_they_were_recorded() {
        var builder = new RunBuilder();
        var script = Script.run().started("features/a.feature", 3).add(WATCHED).add(measured(9_000))
            .add(sampled(1, 0, 0, 9_000, 10, Seen.SILENT)).add(step(6));
        script.entries().forEach(builder);
        assertThat(builder.measured()).isEqualTo(1);
        assertThat(builder.measuredOtherwise()).singleElement().asString().isEqualTo("""
            features/a.feature:3, line 6: shop/web to shop/api on TCP/80 was recorded as inconclusive, and judged again it is true: \
            shop/web to shop/api on TCP/80 was never open""");
        var same = new RunBuilder();
        var again = builder.scenario(ID).steps().getFirst().measured().getFirst();
        Script.run().started("features/a.feature", 3).add(WATCHED).add(again).add(sampled(1, 0, 0, 9_000, 10, Seen.SILENT)).entries()
            .forEach(same);
        assertThat(same.measuredOtherwise()).isEmpty();
    }

    private static Entry.Measured measured(long until) {
        var recorded = TimeJudge.judge(new TimeClaim.NeverOpen(Duration.ZERO), List.of(), List.of(), 0);
        return new Entry.Measured(BEGAN, ID, 6, 1, WATCHED.flows().getFirst(), until, recorded);
    }

    private static final Duration LASTING = Duration.ofMillis(200);

    @Test
    void are_disrupted_from_before_the_deed_until_enforcement_was_seen_again() {
        var scenario = run(new Entry.Disrupted(BEGAN.plusMillis(10), ID, 6, 1, "enforcement pauses", LASTING),
            new Entry.Disrupted(BEGAN.plusMillis(20), ID, 6, 2, "DNS is away", Duration.ZERO),
            new Entry.Healed(BEGAN.plusMillis(213), ID, 1, Duration.ofMillis(7), null));
        assertThat(scenario.disruptions()).extracting(DisruptionRun::words).containsExactly("enforcement pauses for 200 ms", "DNS is away");
        assertThat(scenario.disruptions()).extracting(DisruptionRun::isOver).containsExactly(true, false);
        assertThat(scenario.disruptions().getFirst().ending()).isEqualTo("healed after 203 ms, enforced again 7 ms later");
        assertThat(scenario.disruptions().getLast().ending()).isEqualTo("not seen to heal, the run ended before");
        assertThat(new DisruptionRun(scenario.disruptions().getFirst().began(), null).ending())
            .isEqualTo("not seen to heal, the run ended before; it was to last until 2026-11-28T09:00:00.210000900Z");
        assertThat(scenario.watches().getFirst().disrupted(scenario.disruptions())).containsExactly(
            new Disrupted("enforcement pauses for 200 ms", 10_000, 213_000, 220_000),
            new Disrupted("DNS is away", 20_000, Long.MAX_VALUE, Long.MAX_VALUE));
    }

    @Test
    void say_when_a_disruption_was_by_the_clock_of_the_node_that_was_struck() {
        var struck = new Disruption.Struck(BEGAN.plusMillis(3_100), BEGAN.plusMillis(8_100));
        var cut = new DisruptionRun(new Entry.Disrupted(BEGAN, ID, 6, 1, "node node-2 is cut off", Duration.ofSeconds(5)),
            new Entry.Healed(BEGAN.plusMillis(8_300), ID, 1, Duration.ofMillis(7), null, struck));
        assertThat(cut.ending())
            .isEqualTo("healed after 8.3 s (by the node's own clock 5.0 s from 2026-11-28T09:00:03.100Z), enforced again 7 ms later");
    }

    @Test
    void say_what_becomes_of_a_disruption_whose_run_was_killed() {
        assertThat(List.of(Unattended.GONE, Unattended.ends(Duration.ofSeconds(16)), Unattended.STAYS)).extracting(WatchRunTest::ending)
            .containsExactly("not seen to heal, the run ended before; it was to last until 2026-11-28T09:00:00.210000900Z; the cluster "
                + "ended with the run, and this with it",
                "not seen to heal, the run ended before; it was to last until 2026-11-28T09:00:00.210000900Z; the cluster itself ends it, "
                    + "at the latest at 2026-11-28T09:00:16.010000900Z",
                "not seen to heal, the run ended before; it was to last until 2026-11-28T09:00:00.210000900Z; it does not end by itself: "
                    + "the next run on that cluster heals it, or ./lockdown doctor --sweep --yes with its --cluster");
    }

    private static String ending(Unattended unattended) {
        return new DisruptionRun(new Entry.Disrupted(BEGAN.plusMillis(10), ID, 6, 1, "DNS is away", LASTING, unattended), null).ending();
    }

    @Test
    void are_judged_again_outside_of_the_disruptions() {
        var claim = new TimeClaim.NeverShut(Duration.ZERO, true);
        var recorded = TimeJudge.judge(claim, List.of(), List.of(), 0);
        var measured = new Entry.Measured(BEGAN, ID, 6, 1, WATCHED.flows().getFirst(), 40_000, recorded);
        var open = sampled(1, 0, 0, 9_000, 10, Seen.OPEN);
        var shut = sampled(1, 0, 10_000, 19_000, 10, Seen.SILENT);
        var again = sampled(1, 0, 20_000, 40_000, 21, Seen.OPEN);
        var disrupted = new Entry.Disrupted(BEGAN.plusNanos(9_500_000), ID, 6, 1, "DNS is away", LASTING);
        var healed = new Entry.Healed(BEGAN.plusNanos(15_000_000), ID, 1, Duration.ofMillis(5), null);
        assertThat(ruling(open, shut, again, disrupted, healed, measured)).isEqualTo(Ruling.HOLDS);
        assertThat(ruling(open, shut, again, measured)).isEqualTo(Ruling.FAILS);
        assertThat(ruling(open, shut, again, disrupted, measured)).isEqualTo(Ruling.HOLDS);
        var early = new Entry.Healed(BEGAN.plusNanos(15_000_000), ID, 1, Duration.ofMillis(3), null);
        assertThat(ruling(open, shut, again, disrupted, early, measured)).isEqualTo(Ruling.FAILS);
    }

    private static Ruling ruling(Entry... entries) {
        return run(entries).steps().get(1).measured().getFirst().verdict().ruling();
    }

    @Test
    void are_told_of_only_after_the_watch_began_and_only_of_its_flows() {
        assertThatThrownBy(() -> run(sampled(2, 0, 0, 0, 1, Seen.OPEN)))
            .hasMessage("the journal tells of watch 2 of features/a.feature:3 before its start");
        assertThatThrownBy(() -> run(new Entry.WatchEnded(BEGAN, ID, 7, 0, Duration.ZERO))).hasMessageContaining("watch 7");
        assertThatThrownBy(() -> run(sampled(1, 2, 0, 0, 1, Seen.OPEN))).hasMessage("watch 1 has no flow 2");
        assertThatThrownBy(() -> run(sampled(1, -1, 0, 0, 1, Seen.OPEN))).hasMessage("watch 1 has no flow -1");
    }
}

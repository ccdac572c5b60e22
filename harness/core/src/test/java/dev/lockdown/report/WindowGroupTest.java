package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeJudge;
import dev.lockdown.chaos.Window;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Seen;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.verdict.Cells;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Windows that came time after time")
class WindowGroupTest {
    private static final String FEATURE = "features/a.feature";
    private static final Instant BEGAN = Instant.parse("2026-11-28T09:00:00Z");
    private static final Flow FLOW = ((Probe.Reach) Cells.probe("shop/web to shop/api on TCP/80")).flow();
    private static final TimeClaim TWICE = new TimeClaim.CutOff(Duration.ofMillis(20), new TimeClaim.Times(2, 2));

    /// A policy comes at 100 and 300 ms, and goes at 200 ms.
    private static void repetition(Script script, String id, boolean asked) {
        script.add(new Entry.ScenarioStarted(BEGAN, id, FEATURE, "A", null, "again", 3, List.of()));
        script.add(new Entry.Watched(BEGAN, id, 4, 1, Duration.ofMillis(1), List.of(FLOW)));
        var runs = new ArrayList<SampleRun>();
        var causes = new ArrayList<Cause>();
        for (int i = 0; i < 3; i++) {
            boolean deny = i != 1;
            var sent = BEGAN.plusMillis(100L * (i + 1));
            var edit = new Edit(deny ? Edit.Verb.APPLIED : Edit.Verb.DELETED, Edit.Kind.NETWORK_POLICY, "shop/deny", Map.of(), "", null, 0);
            script.add(new Entry.Applied(sent, id, 5, List.of(edit), sent, sent.plusMillis(1), null, List.of()));
            causes.add(new Cause(edit.toString(), 100_000L * (i + 1), 100_000L * (i + 1) + 1000, 0));
        }
        runs.add(new SampleRun(0, 110_000, 111, Seen.OPEN));
        runs.add(new SampleRun(111_000, 211_000, 101, Seen.SILENT));
        runs.add(new SampleRun(212_000, 330_000, 119, Seen.OPEN));
        runs.add(new SampleRun(331_000, 400_000, 70, Seen.SILENT));
        for (var run : runs) script.add(new Entry.Sampled(Instant.EPOCH, id, 1, 0, run));
        if (asked)
            script.add(new Entry.Measured(BEGAN, id, 6, 1, FLOW, 400_000, TimeJudge.judge(TWICE, runs, causes, 400_000)));
        for (int line : new int[] {5, 6})
            script.add(new Entry.StepFinished(BEGAN, id, line, 5, "When", "", null, Status.PASSED, Duration.ZERO, null));
        script.add(new Entry.ScenarioFinished(BEGAN, id, Status.PASSED, Duration.ZERO, null));
    }

    private static List<WindowGroup> groups(int repetitions, boolean asked) {
        var script = Script.run();
        for (int i = 1; i <= repetitions; i++) repetition(script, FEATURE + (i == 1 ? "" : "#" + i) + ":3", asked);
        return script.toRun().windowGroups();
    }

    @Test
    void are_together_by_flow_cause_and_kind_and_alone_they_are_none() {
        assertThat(groups(1, false)).singleElement().satisfies(g -> {
            assertThat(g.kind()).isEqualTo(Window.Kind.CUT_OFF);
            assertThat(g.cause()).isEqualTo("policy shop/deny applied");
            assertThat(g.windows()).extracting(Window::mostMicros).containsExactly(11_000L, 31_000L);
            assertThat(g.asked()).isNull();
            assertThat(g.repetitions()).isEqualTo(1);
            assertThat(g.errorMicros()).isEqualTo(1000);
            assertThat(g.proven()).extracting("within", "inTime", "of").containsExactly(Duration.ofMillis(31), 2, 2);
        });
    }

    @Test
    void are_those_of_all_repetitions_of_a_scenario() {
        assertThat(groups(3, false)).extracting(g -> "%s: %s in %s".formatted(g.kind(), g.windows().size(), g.repetitions()))
            .containsExactly("CUT_OFF: 6 in 3", "BACK: 3 in 3");
    }

    @Test
    void are_the_turns_that_a_step_is_about_of_which_those_in_time_are_proven() {
        var groups = groups(2, true);
        assertThat(groups).extracting(WindowGroup::line).containsExactly(6, 0, 0);
        assertThat(groups.getFirst().asked()).isEqualTo(TWICE);
        assertThat(groups.getFirst().windows()).hasSize(4);
        assertThat(groups.getFirst().proven()).extracting("within", "inTime", "of").containsExactly(Duration.ofMillis(20), 2, 4);
        assertThat(WindowGroup.shown(groups)).extracting(WindowGroup::kind).containsExactly(Window.Kind.CUT_OFF, Window.Kind.BACK);
    }
}

package dev.lockdown.report.html;

import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.journal.Entry;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.StepRun;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The window because of which a step does not hold, on the timeline of its watch.
///
/// @param anchor of the scenario
/// @param watch its place in the scenario
/// @param flow its place in the watch
/// @param lengthMicros at least one
record TimelineSpot(String anchor, int watch, int flow, long beganMicros, long lengthMicros) {

    /// Null where it holds, or no window says why it does not.
    static @Nullable TimelineSpot of(ScenarioRun scenario, Entry.Measured measured) {
        var verdict = measured.verdict();
        var window = verdict.window();
        if (window == null || verdict.ruling() == Ruling.HOLDS || verdict.ruling() == Ruling.NOT_JUDGED) return null;
        for (int i = 0; i < scenario.watches().size(); i++) {
            var watched = scenario.watches().get(i).watched();
            int flow = watched.flows().indexOf(measured.flow());
            if (watched.watch() == measured.watch() && flow >= 0)
                return new TimelineSpot(ScenarioCard.anchor(scenario), i, flow, Math.max(0, window.beganMicros()),
                    Math.max(1, window.mostMicros()));
        }
        return null;
    }

    /// The first of a step, or null.
    static @Nullable TimelineSpot of(ScenarioRun scenario, StepRun step) {
        return step.measured().stream().map(m -> of(scenario, m)).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /// What stands in a link behind `#`, for the page's script to read.
    String hash() {
        return "%s~%s,%s,%s,%s".formatted(anchor, Integer.toString(watch), Integer.toString(flow), Long.toString(beganMicros),
            Long.toString(lengthMicros));
    }
}

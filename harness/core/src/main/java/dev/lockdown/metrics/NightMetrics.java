package dev.lockdown.metrics;

import dev.lockdown.comparison.Change;
import dev.lockdown.history.RunDigest;
import dev.lockdown.nightly.CellOutcome;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.nightly.NightStatus;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes metrics of a night: those of its runs, and what they count for.
public final class NightMetrics {
    private static final Map<String, Class<? extends Change>> KINDS = kinds();

    private NightMetrics() {}

    public static List<MetricSnapshot> of(Findings findings) {
        var state = new Gauges("lockdown_cell_state", "1 for the way in which the cell ended: done, cannot-start, hung, broken, not-run.");
        var status = new Gauges("lockdown_cell_status", "1 for what the cell comes to, once what is known of it was taken into account.");
        var counted =
            new Gauges("lockdown_cell_scenarios", "Scenarios of the cell by what they count for, such as known, mended or quarantined.");
        var changes =
            new Gauges("lockdown_cell_changes", "What is otherwise than in the cell's run before, by kind; none where there was none.");
        for (var cell : findings.cells()) {
            var name = cell.cell().name();
            state.add(1, "cell", name, "state", RunMetrics.word(cell.outcome().state()));
            if (cell.outcome().state() != CellOutcome.State.NOT_RUN)
                for (var each : NightStatus.values())
                    status.add(NightStatus.of(cell) == each ? 1 : 0, "cell", name, "status", RunMetrics.word(each));
            if (cell.digest() != null)
                for (var counts : Counts.values()) counted.add(cell.count(counts), "cell", name, "counts", RunMetrics.word(counts));
            var since = cell.sinceLast();
            if (since != null) KINDS.forEach((kind, of) -> changes.add(since.of(of).size(), "cell", name, "kind", kind));
        }
        var all = new ArrayList<MetricSnapshot>(List.of(state.snapshot(), status.snapshot(), counted.snapshot(), changes.snapshot()));
        all.addAll(RunMetrics.of(digests(findings)));
        return all;
    }

    private static Map<String, RunDigest> digests(Findings findings) {
        var digests = new LinkedHashMap<String, RunDigest>();
        for (var cell : findings.cells()) if (cell.digest() != null) digests.put(cell.cell().name(), cell.digest());
        return digests;
    }

    private static Map<String, Class<? extends Change>> kinds() {
        var kinds = new LinkedHashMap<String, Class<? extends Change>>();
        kinds.put("scenario", Change.OfScenario.class);
        kinds.put("flow", Change.OfFlow.class);
        kinds.put("fate", Change.OfFate.class);
        kinds.put("trait", Change.OfTrait.class);
        kinds.put("manner", Change.OfManner.class);
        kinds.put("time", Change.OfTime.class);
        return kinds;
    }
}

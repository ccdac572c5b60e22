package dev.lockdown.metrics;

import dev.lockdown.history.FlowResult;
import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes metrics of runs. The label `cell` is the cell of the matrix, or the cluster as `--cluster` takes it where a run is of none: it stays
/// the same when the cluster gets another version or one node more, of which [RunInfo#cluster] tells.
public final class RunMetrics {
    /// Of flows that differ, and of windows, in one file.
    public static final int MOST_SERIES = 200;

    private final Gauges runs =
        new Gauges("lockdown_run_info",
            "1 for each cell that was run, with the version of Lockdown, the cluster in words and its network plugins.");
    private final Gauges status = new Gauges("lockdown_run_exit_status", "What the run left to the shell: 0 as expected, 1 an expectation "
        + "failed, 2 wrong input, 3 the environment cannot, 4 inconclusive. -1 where it did not end by itself.");
    private final Gauges took = new Gauges("lockdown_run_duration_seconds", "How long the run took.", Unit.SECONDS);
    private final Gauges ended = new Gauges("lockdown_run_end_timestamp_seconds", "When the run ended, as Unix time.", Unit.SECONDS);
    private final Gauges scenarios = new Gauges("lockdown_scenarios", "Scenarios of each feature by how they ended.");
    private final Gauges flows =
        new Gauges("lockdown_flows", "Flows that steps judged, by what was observed, and whether that is as the step "
            + "expects. Open and not as expected is what should be blocked.");
    private final Gauges differing =
        new Gauges("lockdown_flow_differs", "1 for each flow that is not as its step expects, those that are open "
            + "first, of at most %s.".formatted(Integer.toString(MOST_SERIES)));
    private final Gauges omitted =
        new Gauges("lockdown_flow_differs_omitted", "Flows that are not as their steps expect, beyond those that are "
            + "listed.");
    private final Seconds enforcement =
        new Seconds("lockdown_enforcement_seconds", "How long changes took until every node had enforced them.");
    private final Seconds windows = new Seconds("lockdown_window_seconds", "How long watched flows were cut off, or open too long, after a "
        + "change; of at most %s.".formatted(Integer.toString(MOST_SERIES)));

    private RunMetrics() {}

    /// @param digests by their cells
    public static List<MetricSnapshot> of(Map<String, RunDigest> digests) {
        var metrics = new RunMetrics();
        digests.forEach(metrics::add);
        metrics.differing(digests);
        metrics.windows(digests);
        return metrics.snapshots();
    }

    private List<MetricSnapshot> snapshots() {
        return List.of(runs.snapshot(), status.snapshot(), took.snapshot(), ended.snapshot(), scenarios.snapshot(), flows.snapshot(),
            differing.snapshot(), omitted.snapshot(), enforcement.snapshot(), windows.snapshot());
    }

    private void add(String cell, RunDigest digest) {
        var info = digest.info();
        runs.add(1, "cell", cell, "version", info.version(), "cluster", info.cluster(), "network_plugins",
            String.join(", ", info.plugins()));
        status.add(info.exitStatus() == null ? -1 : info.exitStatus(), "cell", cell);
        took.add(seconds(info.took()), "cell", cell);
        ended.add(info.at().plus(info.took()).toEpochMilli() / 1e3, "cell", cell);
        var byFeature =
            digest.scenarios().stream().collect(Collectors.groupingBy(ScenarioDigest::feature, TreeMap::new, Collectors.toList()));
        byFeature.forEach((feature, of) -> {
            for (var how : Ended.values())
                scenarios.add(of.stream().filter(s -> Ended.of(s) == how).count(), "cell", cell, "feature", feature, "outcome", word(how));
            flows(cell, feature, of);
        });
        var enforced = digest.scenarios().stream().flatMap(s -> s.enforced().stream()).map(d -> d.toNanos() / 1000).sorted().toList();
        if (!enforced.isEmpty()) enforcement.add(enforced, enforced.size(), "cell", cell);
    }

    /// Those that an alert asks for are there also where there are none, so that it ends.
    private void flows(String cell, String feature, List<ScenarioDigest> of) {
        record Kind(Seen seen, boolean agrees) {}
        var counts = new LinkedHashMap<Kind, Long>();
        counts.put(new Kind(Seen.OPEN, false), 0L);
        counts.put(new Kind(Seen.BLOCKED, false), 0L);
        of.stream().flatMap(s -> s.steps().stream()).flatMap(s -> s.verdicts().stream())
            .forEach(v -> counts.merge(new Kind(Seen.of(v.seen()), v.agrees()), 1L, Long::sum));
        counts.forEach((kind, count) -> flows.add(count, "cell", cell, "feature", feature, "observed", word(kind.seen), "as_expected",
            Boolean.toString(kind.agrees)));
    }

    private enum Seen {
        OPEN, MIXED, BLOCKED, INCONCLUSIVE;

        static Seen of(FlowResult result) {
            return switch (result) {
                case OPEN -> OPEN;
                case MIXED -> MIXED;
                case DROPPED, REJECTED -> BLOCKED;
                case INCONCLUSIVE -> INCONCLUSIVE;
            };
        }
    }

    private record Differing(String cell, ScenarioDigest scenario, FlowVerdict verdict) {
        private record Key(String cell, String feature, String scenario, String from, String to, String on) {}

        private Key key() {
            var flow = verdict.flow();
            return new Key(cell, scenario.feature(), scenario.key().name(), flow.from(), flow.to(), flow.how());
        }
    }

    private void differing(Map<String, RunDigest> digests) {
        var worst = new LinkedHashMap<Differing.Key, Differing>();
        for (var digest : digests.entrySet())
            for (var scenario : digest.getValue().scenarios())
                for (var step : scenario.steps())
                    for (var verdict : step.verdicts()) {
                        if (verdict.agrees()) continue;
                        var one = new Differing(digest.getKey(), scenario, verdict);
                        // Several steps of a scenario may ask the same.
                        worst.merge(one.key(), one, (a, b) -> seen(a).compareTo(seen(b)) <= 0 ? a : b);
                    }
        worst.values().stream().sorted(Comparator.comparing(RunMetrics::seen)).limit(MOST_SERIES)
            .forEach(d -> differing.add(1, "cell", d.cell,
                "feature", d.scenario.feature(), "scenario", d.scenario.key().name(), "from", d.verdict.flow().from(), "to",
                d.verdict.flow().to(), "on", d.verdict.flow().how(), "observed", word(seen(d))));
        omitted(digests.keySet(), worst.values());
    }

    private void omitted(Set<String> cells, Collection<Differing> all) {
        Map<String, Long> left = all.stream().sorted(Comparator.comparing(RunMetrics::seen)).skip(MOST_SERIES)
            .collect(Collectors.groupingBy(Differing::cell, Collectors.counting()));
        cells.forEach(c -> omitted.add(left.getOrDefault(c, 0L), "cell", c));
    }

    private static Seen seen(Differing differing) {
        return Seen.of(differing.verdict.seen());
    }

    private void windows(Map<String, RunDigest> digests) {
        for (var digest : digests.entrySet())
            for (var scenario : digest.getValue().scenarios())
                for (var window : scenario.windows())
                    if (!window.micros().isEmpty() && windows.size() < MOST_SERIES)
                        windows.add(window.micros(), window.count(), "cell", digest.getKey(), "feature", scenario.feature(),
                            "scenario",
                            scenario.key().name(), "flow", window.flow(), "kind", word(window.kind()), "cause", window.cause());
    }

    private static double seconds(Duration took) {
        return took.toNanos() / 1e9;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

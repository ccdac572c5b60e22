package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gathers a run from its entries as they come. Not for use by several threads.
public final class RunBuilder implements Consumer<Entry> {
    private final Map<String, ScenarioBuilder> scenarios = new HashMap<>();
    private Map<String, Integer> planned = Map.of();
    private Entry.@Nullable RunStarted started;
    private Entry.@Nullable RunFinished finished;

    @Override
    public void accept(Entry entry) {
        switch (entry) {
            case Entry.RunStarted e -> started = e;
            case Entry.Planned e -> planned = e.scenarios();
            case Entry.ScenarioStarted e -> scenarios.put(e.scenario(), new ScenarioBuilder(e));
            case Entry.Canary e -> of(e.scenario()).canaries.add(e);
            case Entry.Applied e -> of(e.scenario()).applied.add(e);
            case Entry.Observed e -> of(e.scenario()).observe(e);
            case Entry.Judged e -> of(e.scenario()).judged.add(e);
            case Entry.StepFinished e -> of(e.scenario()).steps.add(e);
            case Entry.ScenarioFinished e -> of(e.scenario()).finished = e;
            case Entry.RunFinished e -> finished = e;
        }
    }

    private ScenarioBuilder of(String scenario) {
        var builder = scenarios.get(scenario);
        if (builder == null) throw new IllegalArgumentException("the journal tells of scenario %s before its start".formatted(scenario));
        return builder;
    }

    /// What is known so far.
    public Run run() {
        var byFeature = new TreeMap<String, List<ScenarioRun>>();
        scenarios.values().forEach(s -> byFeature.computeIfAbsent(s.started.feature(), _ -> new ArrayList<>()).add(s.scenario()));
        var features = byFeature.entrySet().stream().map(e -> feature(e.getKey(), e.getValue())).toList();
        return new Run(started, planned, features, finished);
    }

    /// One scenario as far as it is known.
    ///
    /// @throws IllegalArgumentException if it has not started
    public ScenarioRun scenario(String id) {
        return of(id).scenario();
    }

    private static FeatureRun feature(String path, List<ScenarioRun> scenarios) {
        scenarios.sort(Comparator.comparingInt((ScenarioRun s) -> s.started().line()).thenComparing(s -> s.started().scenario()));
        return new FeatureRun(path, scenarios.getFirst().started().featureName(), scenarios);
    }
}

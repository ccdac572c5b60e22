package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import dev.lockdown.state.NetworkPlugin;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// A run as its journal tells it.
///
/// @param started null where the journal does not even begin
/// @param plugins the cluster's network plugins; none where the journal does not say
/// @param planned how many scenarios were selected of each feature; empty where the journal does not say
/// @param plannedLines the lines of the scenarios that were selected, by the feature's path; empty where the journal does not say
/// @param features sorted by path, their scenarios by line
/// @param finished null where the run was killed, or is still going on
public record Run(Entry.@Nullable RunStarted started, List<NetworkPlugin> plugins, Map<String, Integer> planned,
        Map<String, SortedSet<Integer>> plannedLines, List<FeatureRun> features, Entry.@Nullable RunFinished finished) {
    public Run {
        plugins = List.copyOf(plugins);
        planned = Collections.unmodifiableMap(new LinkedHashMap<>(planned));
        plannedLines = Collections.unmodifiableMap(new LinkedHashMap<>(plannedLines));
        features = List.copyOf(features);
    }

    /// The same run, ended so.
    public Run ended(Entry.RunFinished end) {
        return new Run(started, plugins, planned, plannedLines, features, end);
    }

    public static Run of(List<Entry> entries) {
        var builder = new RunBuilder();
        entries.forEach(builder);
        return builder.run();
    }

    public List<ScenarioRun> scenarios() {
        return features.stream().flatMap(f -> f.scenarios().stream()).toList();
    }

    /// What was asked about held connections.
    public List<StepRun.FateAsked> fates() {
        return scenarios().stream().flatMap(s -> s.steps().stream()).flatMap(s -> s.fates().stream()).toList();
    }

    /// Windows that came time after time.
    public List<WindowGroup> windowGroups() {
        return WindowGroup.in(scenarios());
    }

    public Counts counts() {
        return Counts.of(scenarios());
    }

    /// How many scenarios were selected, run or not.
    public int selected() {
        return Math.max(scenarios().size(), planned.values().stream().mapToInt(Integer::intValue).sum());
    }

    /// Which scenarios must be run again before it can be said that all of them passed.
    public Unproven unproven() {
        return Unproven.of(this);
    }

    /// The scenarios that passed only some of the times that they were run.
    public List<Flaky> flaky() {
        return Flaky.in(this);
    }

    /// The verdict in one sentence.
    public String sentence() {
        return Sentence.of(this);
    }

    /// Why the run as a whole was ended, or null.
    public @Nullable String problem() {
        return finished == null ? null : finished.problem();
    }

    public Duration took() {
        if (finished != null) return finished.took();
        return scenarios().stream().map(ScenarioRun::took).reduce(Duration.ZERO, Duration::plus);
    }
}

package dev.lockdown.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The scenarios of one feature, at least one, sorted by line.
public record FeatureRun(String path, String name, List<ScenarioRun> scenarios) {
    public FeatureRun {
        if (scenarios.isEmpty()) throw new IllegalArgumentException("%s has no scenario".formatted(path));
        scenarios = List.copyOf(scenarios);
    }

    public Counts counts() {
        return Counts.of(scenarios);
    }

    /// From the first scenario's start to the last one's end, by the clock; scenarios may have run at the same time.
    public Duration took() {
        var first = scenarios.stream().map(s -> s.started().at()).min(Instant::compareTo).orElseThrow();
        var last = scenarios.stream().map(ScenarioRun::ended).max(Instant::compareTo).orElseThrow();
        return Duration.between(first, last);
    }
}

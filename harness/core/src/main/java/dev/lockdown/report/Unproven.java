package dev.lockdown.report;

import dev.lockdown.journal.Entry.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What of a run has neither passed nor been skipped, because it did not hold or because it never ran or never ended.
///
/// @param scenarios as `path:line`, by path and line
/// @param features of which only the number of the scenarios is known that never ran
public record Unproven(List<String> scenarios, List<String> features) {
    public Unproven {
        scenarios = List.copyOf(scenarios);
        features = List.copyOf(features);
    }

    static Unproven of(Run run) {
        var lines = new TreeMap<String, Set<Integer>>();
        var proven = new HashMap<String, Integer>();
        for (var scenario : run.scenarios()) {
            boolean good = scenario.status() == Status.PASSED || scenario.status() == Status.SKIPPED;
            if (good) proven.merge(scenario.place(), 1, Integer::sum);
            else lines.computeIfAbsent(scenario.started().feature(), _ -> new TreeSet<>()).add(scenario.started().line());
        }
        run.plannedLines().forEach((feature, planned) -> {
            int times = Math.max(1, run.planned().getOrDefault(feature, 0) / planned.size());
            planned.stream().filter(line -> proven.getOrDefault(feature + ":" + line, 0) < times)
                .forEach(line -> lines.computeIfAbsent(feature, _ -> new TreeSet<>()).add(line));
        });
        return new Unproven(lines.entrySet().stream().flatMap(f -> f.getValue().stream().map(line -> f.getKey() + ":" + line)).toList(),
            counted(run));
    }

    private static List<String> counted(Run run) {
        Map<String, Integer> seen = new HashMap<>();
        run.features().forEach(f -> seen.put(f.path(), f.scenarios().size()));
        return run.planned().entrySet().stream()
            .filter(p -> !run.plannedLines().containsKey(p.getKey()) && seen.getOrDefault(p.getKey(), 0) < p.getValue())
            .map(Map.Entry::getKey).toList();
    }
}

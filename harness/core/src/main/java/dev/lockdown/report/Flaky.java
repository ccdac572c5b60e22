package dev.lockdown.report;

import dev.lockdown.journal.Entry.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A scenario that was run several times and did not come to the same end each time.
///
/// @param passed so many of the times
public record Flaky(String feature, int line, String name, int passed, int times) {

    /// Those of a run, by path and line. A time that was skipped, or that did not end, does not count.
    static List<Flaky> in(Run run) {
        var runs = new TreeMap<String, List<ScenarioRun>>();
        for (var scenario : run.scenarios())
            if (scenario.finished() != null && scenario.status() != Status.SKIPPED)
                runs.computeIfAbsent(scenario.place(), _ -> new ArrayList<>()).add(scenario);
        return runs.values().stream().map(Flaky::of).filter(f -> f.passed > 0 && f.passed < f.times).toList();
    }

    private static Flaky of(List<ScenarioRun> runs) {
        var started = runs.getFirst().started();
        int passed = (int) runs.stream().filter(r -> r.status() == Status.PASSED).count();
        return new Flaky(started.feature(), started.line(), started.name(), passed, runs.size());
    }
}

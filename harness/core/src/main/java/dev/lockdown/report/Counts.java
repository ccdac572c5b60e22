package dev.lockdown.report;

import dev.lockdown.journal.Entry.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How many scenarios came to which end.
public record Counts(Map<Status, Integer> byStatus) {
    public Counts {
        byStatus = Map.copyOf(byStatus);
    }

    static Counts of(List<ScenarioRun> scenarios) {
        var counts = new EnumMap<Status, Integer>(Status.class);
        scenarios.forEach(s -> counts.merge(s.status(), 1, Integer::sum));
        return new Counts(counts);
    }

    public int of(Status status) {
        return byStatus.getOrDefault(status, 0);
    }

    public int total() {
        return byStatus.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Those that a reader must look at.
    public int faulty() {
        return of(Status.FAILED) + of(Status.BROKEN) + of(Status.INCONCLUSIVE);
    }
}

package dev.lockdown.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Cuts the samples of a flow at the disruptions. What lies within one is left out, and what lies before and after is not one time.
final class Outside {
    private Outside() {}

    /// The samples before, between and after the disruptions, each part by itself; a part without samples is left out.
    static List<List<SampleRun>> of(List<SampleRun> runs, List<Disrupted> disruptions) {
        var parts = new ArrayList<List<SampleRun>>();
        long from = Long.MIN_VALUE;
        for (var disruption : disruptions.stream().sorted(Comparator.comparingLong(Disrupted::beganMicros)).toList()) {
            if (disruption.beganMicros() > from) add(runs, from, disruption.beganMicros() - 1, parts);
            if (disruption.overMicros() == Long.MAX_VALUE) return parts;
            from = Math.max(from, disruption.overMicros() + 1);
        }
        add(runs, from, Long.MAX_VALUE, parts);
        return parts;
    }

    private static void add(List<SampleRun> runs, long from, long to, List<List<SampleRun>> parts) {
        var part = runs.stream().filter(r -> r.lastMicros() >= from && r.firstMicros() <= to)
            .flatMap(r -> r.within(from, to).stream()).toList();
        if (!part.isEmpty()) parts.add(part);
    }
}

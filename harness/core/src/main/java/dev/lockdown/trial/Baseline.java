package dev.lockdown.trial;

import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was open when the pods were up and before the first policy: the positive control of everything later, and the memory for
/// "can no longer".
final class Baseline {
    private final Map<Probe, Observation> seen = new LinkedHashMap<>();

    void add(List<Observation> observations) {
        observations.forEach(o -> seen.putIfAbsent(o.probe(), o));
    }

    boolean open(Probe probe) {
        var observation = seen.get(probe);
        return observation != null && opened(observation.outcome());
    }

    /// Whether it was asked and the probe itself could not be made, so that nothing is known of it.
    boolean failed(Probe probe) {
        var observation = seen.get(probe);
        return observation != null && observation.outcome() instanceof Outcome.ProbeFailed;
    }

    /// What the baseline saw of a probe, or null where it was not asked.
    @Nullable Outcome outcome(Probe probe) {
        var observation = seen.get(probe);
        return observation == null ? null : observation.outcome();
    }

    /// The connections that were open, in the order in which they were asked; names are not among them.
    Set<Probe> openFlows() {
        return seen.values().stream().filter(o -> o.probe() instanceof Probe.Reach && opened(o.outcome())).map(Observation::probe)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static boolean opened(Outcome outcome) {
        return outcome instanceof Outcome.Connected || outcome instanceof Outcome.Resolved;
    }
}

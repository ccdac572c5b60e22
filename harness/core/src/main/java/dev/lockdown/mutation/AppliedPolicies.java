package dev.lockdown.mutation;

import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.PolicyPlaces;
import dev.lockdown.manifest.Resource;
import dev.lockdown.spec.PolicyReview;
import dev.lockdown.state.NetworkPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// Remembers, while scenarios run as they are written, which of them applies which policy. Thread-safe.
public final class AppliedPolicies implements PolicyReview {
    private final Map<Written, AppliedPolicy> found = new ConcurrentHashMap<>();

    /// @param scenarios as `path:line`
    record AppliedPolicy(Written written, PolicyPlaces places, Set<String> scenarios) {
        List<Mutant> mutants() {
            return Mutations.of(written.policy()).stream().map(m -> new Mutant(this, m)).toList();
        }
    }

    @Override
    public NetworkPolicy review(Resource.OfPolicy resource, String scenario) {
        found.computeIfAbsent(Written.of(resource), w -> new AppliedPolicy(w, PolicyPlaces.of(resource), new ConcurrentSkipListSet<>()))
            .scenarios()
            .add(scenario.replaceFirst("#\\d+(?=:\\d+$)", ""));
        return resource.policy();
    }

    /// In the order of their files.
    List<AppliedPolicy> policies() {
        var all = new ArrayList<>(found.values());
        all.sort(Comparator.comparing((AppliedPolicy f) -> f.written().at(),
            Comparator.comparing(Position::file).thenComparing(Position::line).thenComparing(Position::column)));
        return all;
    }
}

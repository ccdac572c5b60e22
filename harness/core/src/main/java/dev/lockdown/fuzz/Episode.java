package dev.lockdown.fuzz;

import dev.lockdown.cluster.Needs;
import dev.lockdown.flow.Family;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// States one after another, each the last one and some changes; the first begins with an empty cluster.
record Episode(List<Family> families, List<List<Change>> steps) {
    private static final int LONGEST = 12;
    private static final List<List<Family>> STACKS = List.of(List.of(Family.IPV4), List.of(Family.IPV4), List.of(Family.IPV6),
        List.of(Family.IPV4, Family.IPV6));

    Episode {
        families = List.copyOf(families);
        steps = steps.stream().map(List::copyOf).toList();
    }

    /// Make the episode of a seed.
    static Episode of(long seed) {
        var random = new RandomSource(seed);
        var words = new RandomNames(random);
        var families = random.pick(STACKS);
        var cast = new RandomCast(random, words);
        var next = new RandomChanges(random, words, cast, new RandomPolicy(random, words));
        var steps = new ArrayList<List<Change>>();
        var first = new ArrayList<>(cast.cast(families));
        var state = empty().after(first);
        int pods = state.pods().size();
        var policies = next.policies(random.below(7));
        first.addAll(policies);
        state = state.after(policies);
        steps.add(first);
        for (int i = random.below(LONGEST); i > 0; i--) {
            var changes = next.next(state, pods);
            steps.add(changes);
            state = state.after(changes);
        }
        return new Episode(families, steps);
    }

    static ClusterState empty() {
        return ClusterState.ofNodes(RandomNames.NODES.stream().map(n -> new Node(n, Map.of())).toList());
    }

    Needs needs() {
        return new Needs(RandomNames.NODES.size(), families);
    }

    Episode upTo(int step) {
        return new Episode(families, steps.subList(0, step + 1));
    }

    Episode with(List<List<Change>> other) {
        return new Episode(families, other);
    }

    /// The state at the end.
    ClusterState last() {
        return empty().after(steps.stream().flatMap(List::stream).toList());
    }

    /// What is left of it when changes of what is not there are left out, and then steps without a change. The first step stays.
    Episode fitting() {
        var state = empty();
        var fitting = new ArrayList<List<Change>>();
        for (int i = 0; i < steps.size(); i++) {
            var step = new ArrayList<Change>();
            for (var change : steps.get(i)) {
                try {
                    state = state.after(change);
                    step.add(change);
                } catch (IllegalArgumentException _) {
                    // It was about something that a smaller episode does not have.
                }
            }
            if (i == 0 || !step.isEmpty()) fitting.add(step);
        }
        return with(fitting);
    }
}

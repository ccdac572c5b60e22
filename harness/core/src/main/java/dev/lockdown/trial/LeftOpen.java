package dev.lockdown.trial;

import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.flow.Flow;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.OpenQuestion;
import dev.lockdown.policy.Oracle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the API leaves open of watched flows, state by state since the first of them was watched.
final class LeftOpen {
    /// Where nobody can be reached yet, or not enough is known, there is nothing that an implementation decides.
    private static final Set<String> NOTHING_TO_DECIDE = Stream
        .of(OpenQuestion.NO_ENDPOINTS, OpenQuestion.ADDRESS_UNKNOWN, OpenQuestion.NODE_UNKNOWN).map(OpenQuestion::reference)
        .collect(Collectors.toUnmodifiableSet());

    /// For each state, what of it is left open: by flow, where the API says so.
    private final List<Map<Flow, String>> states = new ArrayList<>();

    /// Note the state that the cluster is in now.
    void look(Cluster cluster, Collection<Flow> watched) {
        var oracle = new Oracle(cluster.state(), cluster.addresses());
        var open = new HashMap<Flow, String>();
        for (var flow : watched) {
            var reference = reference(oracle, flow);
            if (reference != null) open.put(flow, reference);
        }
        states.add(Map.copyOf(open));
    }

    private static @Nullable String reference(Oracle oracle, Flow flow) {
        try {
            return oracle.expect(flow) instanceof Expectation.Unspecified(var reference, _) && !NOTHING_TO_DECIDE.contains(reference)
                ? reference : null;
        } catch (IllegalArgumentException _) {
            // One of its ends is not there.
            return null;
        }
    }

    /// Where the API says that it leaves open what a claim is about: for a turn the states before and after the last change, else all of
    /// them. Null where it does not.
    @Nullable String of(Flow flow, TimeClaim claim) {
        boolean turn = claim.times().of() == 1 && (claim instanceof TimeClaim.CutOff || claim instanceof TimeClaim.Back);
        var about = turn ? states.subList(Math.max(0, states.size() - 2), states.size()) : states;
        return about.stream().map(open -> open.get(flow)).filter(Objects::nonNull).findFirst().orElse(null);
    }
}

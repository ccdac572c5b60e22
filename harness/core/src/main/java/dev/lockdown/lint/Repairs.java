package dev.lockdown.lint;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.PolicyPlaces;
import dev.lockdown.manifest.Resource;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.OpenQuestion;
import dev.lockdown.policy.Oracle;
import dev.lockdown.policy.Repair;
import dev.lockdown.policy.ResolvedFlow;
import dev.lockdown.policy.Settled;
import dev.lockdown.policy.Side;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.Pod;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the slip in the policies of a state because of which a flow is denied that should be open, or open that should be denied.
///
/// ```java
/// new Repairs(state, addresses, written).open(flow);
/// // [NAMESPACE_NAME_LABEL of shop/web-from-ingress, policy.yaml:9: name: ingress, meant kubernetes.io/metadata.name: ingress]
/// ```
///
/// Each was tried on the oracle: what changes nothing is no repair. Two slips in one rule are not found. Not for use by several threads.
public final class Repairs {
    private static final int MOST_TRIED = 60;
    private static final int MOST_TOLD = 3;

    private final ClusterState state;
    private final Addresses addresses;
    private final Map<NamespacedName, Resource.OfPolicy> written;
    private final Candidates candidates;
    private final Map<PolicyEdit, Oracle> tried = new HashMap<>();

    /// @param written the policies that somebody wrote as YAML, by name; these have places
    public Repairs(ClusterState state, Addresses addresses, Map<NamespacedName, Resource.OfPolicy> written) {
        this.state = state;
        this.addresses = addresses;
        this.written = Map.copyOf(written);
        this.candidates = new Candidates(state, Set.of());
    }

    /// What would open a flow that the policies deny, or of which the API says nothing.
    public List<Repair> open(Flow flow) {
        var now = new Oracle(state, addresses).explain(flow);
        int refusals = refusals(now);
        return told(edits(now, side -> refuses(side) || side.ruling() instanceof OpenQuestion), e -> {
            var then = oracle(e).explain(flow);
            return refusals(then) < refusals
                || now.expectation() instanceof Expectation.Unspecified && then.expectation() instanceof Expectation.Allowed;
        });
    }

    /// What would shut a flow that the policies allow.
    public List<Repair> shut(Flow flow) {
        var now = new Oracle(state, addresses).explain(flow);
        return told(edits(now, side -> !refuses(side)), e -> oracle(e).expect(flow) instanceof Expectation.Denied);
    }

    private List<Repair> told(Set<PolicyEdit> edits, Predicate<PolicyEdit> helps) {
        return edits.stream().limit(MOST_TRIED).filter(helps).limit(MOST_TOLD).map(this::repair).toList();
    }

    private Oracle oracle(PolicyEdit edit) {
        return tried.computeIfAbsent(edit, e -> new Oracle(
            state.after(List.of(new Change.DeletePolicy(e.before().name()), new Change.ApplyPolicy(e.after()))), addresses));
    }

    private static int refusals(Explanation explanation) {
        return (int) explanation.resolvedFlows().stream().flatMap(r -> r.sides().stream()).filter(Repairs::refuses).count();
    }

    private static boolean refuses(Side side) {
        return side.ruling() == Settled.REFUSED;
    }

    private Set<PolicyEdit> edits(Explanation now, Predicate<Side> meant) {
        var edits = new LinkedHashSet<PolicyEdit>();
        for (var resolved : now.resolvedFlows()) {
            for (var side : resolved.sides())
                if (meant.test(side)) edits(now.flow(), resolved, side.direction()).forEach(edits::add);
        }
        return edits;
    }

    private Stream<PolicyEdit> edits(Flow flow, ResolvedFlow resolved, Direction direction) {
        var source = pod(flow.source());
        var destination = pod(resolved);
        var subject = direction == Direction.EGRESS ? source : destination;
        if (subject.isEmpty()) return Stream.empty();
        var other = direction == Direction.EGRESS ? destination : source;
        var edits = new PolicyEdits(state, addresses, candidates, flow, direction, subject.get(), orNull(other), resolved.port());
        return state.policies().values().stream().flatMap(p -> edits.of(p).stream());
    }

    private static @Nullable Pod orNull(Optional<Pod> pod) {
        return pod.isPresent() ? pod.get() : null;
    }

    private Optional<Pod> pod(Endpoint end) {
        return end instanceof Endpoint.Pod(var name) ? Optional.ofNullable(state.pods().get(name)) : Optional.empty();
    }

    /// Where it arrives is said for people: of an API server with its address, which is no name of anything.
    private Optional<Pod> pod(ResolvedFlow arrival) {
        return state.pods().values().stream().filter(p -> p.name().toString().equals(arrival.destination())).findFirst();
    }

    private Repair repair(PolicyEdit edit) {
        var name = edit.before().name();
        var source = written.get(name);
        if (source == null) return new Repair(edit.kind(), name, edit.written(), edit.meant(), null, 0);
        var at = edit.part().isEmpty() ? source.at() : PolicyPlaces.of(source).of(edit.part());
        return new Repair(edit.kind(), name, edit.written(), edit.meant(), at.file(), at.line());
    }
}

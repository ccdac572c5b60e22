package dev.lockdown.verdict.known;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.KnownDefect;
import dev.lockdown.verdict.Verdict;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks for the known defect of the cluster's network plugins behind what is not as the policies say. Not for use by several threads.
///
/// ```java
/// var search = new DefectSearch(cluster.networkPlugins(), cluster.state(), cluster.addresses());
/// cells.stream().map(search::explained).toList();
/// ```
/// It is the last explanation: what agrees, what proves nothing, what a slip in a policy or a rewritten source explains stays as it is.
public final class DefectSearch {
    private final List<FoundDefect> candidates;
    private final ClusterState state;
    private final Addresses addresses;
    private final Map<Family, Map<KnownDefect, List<Oracle>>> oracles = new EnumMap<>(Family.class);

    /// @param plugins those that run
    /// @param state as it was when the flows were asked
    public DefectSearch(List<NetworkPlugin> plugins, ClusterState state, Addresses addresses) {
        candidates = Arrays.stream(KnownDefect.values()).flatMap(d -> candidates(d, plugins)).toList();
        this.state = state;
        this.addresses = addresses;
    }

    /// Of several versions the one that is known to have it comes first.
    private static Stream<FoundDefect> candidates(KnownDefect defect, List<NetworkPlugin> plugins) {
        var found = plugins.stream().filter(defect::mayBeIn).map(p -> new FoundDefect(defect, p.version())).toList();
        return found.stream().filter(FoundDefect::isKnown).findFirst().or(() -> found.stream().findFirst()).stream();
    }

    /// Give the cell with the defect that explains it, or as it is.
    public Cell explained(Cell cell) {
        if (candidates.isEmpty() || !isOpenQuestion(cell)) return cell;
        var flow = flow(cell);
        if (flow == null) return cell;
        for (var candidate : candidates)
            if (fits(candidate.defect(), flow, cell.verdict())) return cell.with(candidate);
        return cell;
    }

    /// Whether nothing nearer explains it: the data plane alone is left.
    private static boolean isOpenQuestion(Cell cell) {
        var cause = cell.cause();
        if (cause == null || !cell.repairs().isEmpty()) return false;
        return switch (cause) {
            case NOT_ENFORCED, STALE_RULES -> true;
            case SOME_WAYS_ONLY -> cell.expectation() instanceof Expectation.Allowed || cell.expectation() instanceof Expectation.Denied;
            case STEP_AGAINST_ALLOWANCE, STEP_AGAINST_DENIAL, SOURCE_REWRITTEN, LEFT_OPEN, SOME_BACKENDS_ALLOWED -> false;
        };
    }

    private static @Nullable Flow flow(Cell cell) {
        return switch (cell.question().probe()) {
            case Probe.Reach(var flow, _) -> flow;
            case Probe.Resolve _ -> cell.reasons() == null ? null : cell.reasons().flow();
            case Probe.Ping _, Probe.Unasked _ -> null;
        };
    }

    private boolean fits(KnownDefect defect, Flow flow, Verdict verdict) {
        return oracles.computeIfAbsent(flow.family(), _ -> new HashMap<>()).computeIfAbsent(defect, d -> oracles(d, flow.family())).stream()
            .anyMatch(oracle -> demands(oracle.expect(flow), verdict));
    }

    private List<Oracle> oracles(KnownDefect defect, Family family) {
        return Misread.states(defect, state, addresses, family).map(misread -> new Oracle(misread, addresses)).toList();
    }

    private static boolean demands(Expectation expectation, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> expectation instanceof Expectation.Allowed;
            case Verdict.Blocked _ -> expectation instanceof Expectation.Denied;
            case Verdict.Mixed _ -> expectation instanceof Expectation.Split;
            case Verdict.Inconclusive _ -> false;
        };
    }
}

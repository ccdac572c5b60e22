package dev.lockdown.trial;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Probe;
import dev.lockdown.lint.Repairs;
import dev.lockdown.manifest.Resource;
import dev.lockdown.policy.Expectation;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.Wanted;
import dev.lockdown.verdict.known.DefectSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds to what differs what is known to be the reason: the slip in the policies where they do not demand it either, else a known defect of
/// the network plugin.
final class CellRepairs {
    /// More of them hardly have other slips.
    private static final int MOST = 40;

    /// Where the step claims what the policies do not demand, or the very version of the network plugin that runs here is known for it.
    static final Duration KNOWN = Duration.ofSeconds(1);
    /// Where the network plugin is known for it and nothing says which version runs here, as k3s has its own in its process.
    static final Duration LIKELY = Duration.ofSeconds(3);
    /// Longer than anybody's patience.
    private static final Duration NEVER = Duration.ofDays(1);

    private final Cluster cluster;
    private final Map<NamespacedName, Resource.OfPolicy> written = new HashMap<>();

    CellRepairs(Cluster cluster) {
        this.cluster = cluster;
    }

    /// @param policies that somebody wrote, and that are there now
    void applied(Collection<Resource.OfPolicy> policies) {
        policies.forEach(p -> written.put(p.policy().name(), p));
    }

    /// The same cells, in their order.
    List<Cell> in(List<Cell> cells) {
        if (cells.stream().allMatch(c -> c.agrees() || c.inconclusive())) return cells;
        var search = new DefectSearch(cluster.networkPlugins(), cluster.state(), cluster.addresses());
        return repaired(cells).stream().map(search::explained).toList();
    }

    /// How long what differs must have lasted until nobody need wait for it to be otherwise.
    Duration standing(List<Cell> cells) {
        var deviating = cells.stream().filter(c -> !c.agrees() && !c.isAsPoliciesSay()).toList();
        return in(deviating).stream().map(CellRepairs::standing).max(Comparator.naturalOrder()).orElse(KNOWN);
    }

    private static Duration standing(Cell cell) {
        if (!(cell.defect() instanceof FoundDefect found)) return NEVER;
        return found.isKnown() ? KNOWN : found.version() == null ? LIKELY : NEVER;
    }

    private List<Cell> repaired(List<Cell> cells) {
        if (cells.stream().noneMatch(CellRepairs::isMeant)) return cells;
        var repairs = new Repairs(cluster.state(), cluster.addresses(), written);
        var all = new ArrayList<Cell>(cells.size());
        int tried = 0;
        for (var cell : cells) {
            var flow = flow(cell);
            all.add(flow == null || !isMeant(cell) || tried++ >= MOST ? cell
                : cell.with(cell.question().wanted() == Wanted.OPEN ? repairs.open(flow) : repairs.shut(flow)));
        }
        return all;
    }

    private static boolean isMeant(Cell cell) {
        return !cell.agrees() && !cell.inconclusive() && (cell.isAgainstPolicies()
            || cell.question().wanted() == Wanted.OPEN && cell.expectation() instanceof Expectation.Unspecified);
    }

    private static @Nullable Flow flow(Cell cell) {
        return switch (cell.question().probe()) {
            case Probe.Reach(var flow, _) -> flow;
            case Probe.Resolve _ -> cell.reasons() == null ? null : cell.reasons().flow();
            case Probe.Ping _, Probe.Unasked _ -> null;
        };
    }
}

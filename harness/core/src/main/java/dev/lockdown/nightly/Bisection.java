package dev.lockdown.nightly;

import dev.lockdown.state.PluginVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which cells must be run to find the first bad version: of each row of cells that differ in their version alone the two ends, and then,
/// between two neighbours of which one fails in something that the other does not, the one in the middle.
final class Bisection {
    /// As plugins and k3s write them; others by their letters.
    static final Comparator<String> VERSIONS = Comparator.<String, PluginVersion>comparing(PluginVersion::of,
        Comparator.nullsFirst(Comparator.naturalOrder())).thenComparing(Function.identity());

    private final List<List<MatrixCell>> rows;

    Bisection(Collection<MatrixCell> cells) {
        rows = rows(cells);
    }

    /// The cells that differ in their version (or k3s') alone, in the order of it. A cell without one is a row by itself.
    static List<List<MatrixCell>> rows(Collection<MatrixCell> cells) {
        var rows = new LinkedHashMap<Object, List<MatrixCell>>();
        for (var cell : cells) rows.computeIfAbsent(key(cell), _ -> new ArrayList<>()).add(cell);
        rows.values().forEach(row -> row.sort(Comparator.comparing(Bisection::version, VERSIONS)));
        return List.copyOf(rows.values());
    }

    private static Object key(MatrixCell cell) {
        var others = new LinkedHashMap<>(cell.settings());
        var axis = axis(cell);
        if (axis != null) others.remove(axis);
        // Clusters of different versions that are there already are different clusters.
        if (axis == Setting.VERSION && "kubeconfig".equals(cell.setting(Setting.CLUSTER))) {
            others.remove(Setting.CONTEXT);
            others.remove(Setting.KUBECONFIG);
        }
        return axis == null ? cell.name() : others;
    }

    /// What versions are of: the network plugin, or else k3s; null where neither is known.
    static @Nullable Setting axis(MatrixCell cell) {
        return cell.setting(Setting.VERSION) != null ? Setting.VERSION : cell.setting(Setting.K3S) != null ? Setting.K3S : null;
    }

    static String version(MatrixCell cell) {
        var axis = axis(cell);
        return axis == null ? "" : Objects.requireNonNull(cell.setting(axis));
    }

    /// The next cells to run, or none when enough is known.
    ///
    /// @param failing of each cell that was run, what fails in it
    List<MatrixCell> next(Map<String, Set<String>> failing) {
        var next = new LinkedHashMap<String, MatrixCell>();
        for (var row : rows) {
            for (var end : List.of(row.getLast(), row.getFirst())) if (!failing.containsKey(end.name())) next.put(end.name(), end);
            if (!failing.containsKey(row.getFirst().name()) || !failing.containsKey(row.getLast().name())) continue;
            between(row, failing).forEach(cell -> next.put(cell.name(), cell));
        }
        return List.copyOf(next.values());
    }

    private static List<MatrixCell> between(List<MatrixCell> row, Map<String, Set<String>> failing) {
        var known = new ArrayList<Integer>();
        for (int i = 0; i < row.size(); i++) if (failing.containsKey(row.get(i).name())) known.add(i);
        var next = new ArrayList<MatrixCell>();
        for (int i = 0; i + 1 < known.size(); i++) {
            int low = known.get(i);
            int high = known.get(i + 1);
            if (high - low > 1 && !Objects.equals(failing.get(row.get(low).name()), failing.get(row.get(high).name())))
                next.add(row.get((low + high) / 2));
        }
        return next;
    }
}

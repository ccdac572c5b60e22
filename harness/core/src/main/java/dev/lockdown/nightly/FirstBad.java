package dev.lockdown.nightly;

import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Since which version a scenario fails.
///
/// @param of what the versions are of, such as `calico`
/// @param lastGood null where it fails in all that are known
/// @param cell of the first bad one
/// @param mended the first later version in which it passes again, or null
public record FirstBad(ScenarioDigest.Key scenario, String of, @Nullable String lastGood, String firstBad, String cell,
        @Nullable String mended) {

    /// Find them along every row of runs that differ in their version alone.
    ///
    /// @param runs of cells, one each
    static List<FirstBad> in(Collection<RunDigest> runs) {
        var rows = new LinkedHashMap<Map<String, String>, List<RunDigest>>();
        for (var run : runs) {
            var cell = run.info().cell();
            if (cell == null || axis(cell) == null) continue;
            rows.computeIfAbsent(others(cell), _ -> new ArrayList<>()).add(run);
        }
        var all = new ArrayList<FirstBad>();
        for (var row : rows.values()) {
            if (row.size() < 2) continue;
            row.sort(Comparator.comparing(FirstBad::version, Bisection.VERSIONS));
            all.addAll(along(row));
        }
        return all;
    }

    private static @Nullable String axis(RunInfo.Cell cell) {
        return cell.settings().containsKey(Setting.VERSION.key()) ? Setting.VERSION.key()
            : cell.settings().containsKey(Setting.K3S.key()) ? Setting.K3S.key() : null;
    }

    private static String version(RunDigest run) {
        var cell = run.info().cell();
        if (cell == null) return "";
        var axis = axis(cell);
        return axis == null ? "" : cell.settings().getOrDefault(axis, "");
    }

    /// What all of a row have in common. Clusters that are there already are told apart by more than their version.
    private static Map<String, String> others(RunInfo.Cell cell) {
        var others = new HashMap<>(cell.settings());
        others.remove(axis(cell));
        others.remove(Setting.CONTEXT.key());
        others.remove(Setting.KUBECONFIG.key());
        return others;
    }

    private static List<FirstBad> along(List<RunDigest> row) {
        var keys = new TreeSet<ScenarioDigest.Key>();
        var ended = new ArrayList<Map<ScenarioDigest.Key, Ended>>();
        for (var run : row) {
            var of = new HashMap<ScenarioDigest.Key, Ended>();
            for (var scenario : run.scenarios()) of.put(scenario.key(), Ended.of(scenario));
            keys.addAll(of.keySet());
            ended.add(of);
        }
        var all = new ArrayList<FirstBad>();
        for (var key : keys) {
            var found = of(key, row, ended.stream().map(of -> of.get(key)).toList());
            if (found != null) all.add(found);
        }
        return all;
    }

    /// @param ended of each run, null where it does not have the scenario
    private static @Nullable FirstBad of(ScenarioDigest.Key key, List<RunDigest> row, List<@Nullable Ended> ended) {
        String lastGood = null;
        for (int i = 0; i < row.size(); i++) {
            var end = ended.get(i);
            if (end == Ended.PASSED) lastGood = version(row.get(i));
            if (end != Ended.FAILED) continue;
            String mended = null;
            for (int later = i + 1; later < row.size() && mended == null; later++)
                if (ended.get(later) == Ended.PASSED) mended = version(row.get(later));
            var cell = row.get(i).info().cell();
            var of = cell == null ? "" : cell.settings().getOrDefault(Setting.CNI.key(), "k3s");
            return new FirstBad(key, of, lastGood, version(row.get(i)), row.get(i).info().cellName(), mended);
        }
        return null;
    }
}

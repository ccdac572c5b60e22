package dev.lockdown.nightly;

import dev.lockdown.manifest.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the axes of a matrix come to, with `exclude` and `include` as GitHub's workflows have them: `exclude` takes out what has all its
/// values; an entry of `include` is added to each combination of which it would change no value of an axis, and is a combination of its own
/// where there is none, or where it has a name.
///
/// @param all each the values by their keys
record Combinations(List<Map<String, Value>> all) {

    /// @param axes by their keys, each with its values
    static Combinations of(Map<String, List<Value>> axes, List<Map<String, Value>> exclude, List<Map<String, Value>> include) {
        var original = product(axes);
        original
            .removeIf(c -> exclude.stream().anyMatch(e -> e.entrySet().stream().allMatch(v -> isSame(c.get(v.getKey()), v.getValue()))));
        var all = new ArrayList<Map<String, Value>>();
        original.forEach(c -> all.add(new LinkedHashMap<>(c)));
        for (var entry : include) {
            boolean added = false;
            for (int i = 0; i < original.size() && !entry.containsKey("name"); i++) {
                var axesOf = original.get(i);
                if (!entry.entrySet().stream()
                    .allMatch(v -> !axesOf.containsKey(v.getKey()) || isSame(axesOf.get(v.getKey()), v.getValue())))
                    continue;
                all.get(i).putAll(entry);
                added = true;
            }
            if (!added) all.add(new LinkedHashMap<>(entry));
        }
        return new Combinations(all);
    }

    private static List<Map<String, Value>> product(Map<String, List<Value>> axes) {
        List<Map<String, Value>> all = new ArrayList<>();
        if (axes.isEmpty()) return all;
        all.add(Map.of());
        for (var axis : axes.entrySet()) {
            var next = new ArrayList<Map<String, Value>>();
            for (var combination : all) for (var value : axis.getValue()) {
                var longer = new LinkedHashMap<>(combination);
                longer.put(axis.getKey(), value);
                next.add(longer);
            }
            all = next;
        }
        return all;
    }

    private static boolean isSame(@Nullable Value one, Value other) {
        return one != null && one.node().described().equals(other.node().described());
    }
}

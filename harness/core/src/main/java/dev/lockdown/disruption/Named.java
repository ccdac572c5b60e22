package dev.lockdown.disruption;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Names of objects in the words of a disruption.
final class Named {
    private Named() {}

    /// `policy shop/deny-all comes and goes`, or those of several.
    static String policies(List<NamespacedName> names, String together) {
        return names.size() == 1 ? "policy %s comes and goes".formatted(names.getFirst()) : several("policies", names) + " " + together;
    }

    static String several(String kind, List<?> names) {
        return kind + " " + names.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    static String labels(Map<String, String> labels) {
        return labels.isEmpty() ? "without labels"
            : labels.entrySet().stream().map(Object::toString).collect(Collectors.joining(","));
    }
}

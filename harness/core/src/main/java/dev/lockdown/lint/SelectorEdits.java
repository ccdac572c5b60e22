package dev.lockdown.lint;

import dev.lockdown.policy.Repair.Kind;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Labels of a selector that somebody lacks by little, each written as that one has it.
final class SelectorEdits {
    private SelectorEdits() {}

    record Relabelled(Kind kind, LabelSelector selector, String key, String written, String meant) {}

    static List<Relabelled> ofPod(LabelSelector selector, Map<String, String> labels) {
        var edits = new ArrayList<Relabelled>();
        selector.matchLabels().forEach((key, value) -> {
            if (!value.equals(labels.get(key))) edits.addAll(nearest(selector, key, value, labels));
        });
        return edits;
    }

    static List<Relabelled> ofNamespace(LabelSelector selector, Namespace namespace) {
        var edits = new ArrayList<Relabelled>();
        selector.matchLabels().forEach((key, value) -> {
            if (value.equals(namespace.labels().get(key))) return;
            if (value.equals(namespace.name()) && !key.equals(Namespace.NAME_LABEL))
                edits.add(relabelled(Kind.NAMESPACE_NAME_LABEL, selector, key, value, Namespace.NAME_LABEL, value));
            else
                edits.addAll(nearest(selector, key, value, namespace.labels()));
        });
        return edits;
    }

    private static List<Relabelled> nearest(LabelSelector selector, String key, String value, Map<String, String> labels) {
        var own = labels.get(key);
        if (own != null)
            return NearestWord.isNear(value, own) ? List.of(relabelled(Kind.NEAREST_LABEL, selector, key, value, key, own)) : List.of();
        var edits = new ArrayList<Relabelled>();
        labels.forEach((other, it) -> {
            if (it.equals(value)) edits.add(relabelled(Kind.NEAREST_LABEL, selector, key, value, other, it));
        });
        return edits;
    }

    private static Relabelled relabelled(Kind kind, LabelSelector selector, String key, String value, String newKey, String newValue) {
        var labels = new TreeMap<>(selector.matchLabels());
        labels.remove(key);
        labels.put(newKey, newValue);
        return new Relabelled(kind, new LabelSelector(labels, selector.matchExpressions()), key, "%s: %s".formatted(key, value),
            "%s: %s".formatted(newKey, newValue));
    }
}

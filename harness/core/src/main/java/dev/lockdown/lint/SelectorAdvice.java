package dev.lockdown.lint;

import dev.lockdown.policy.Selectors;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NearestWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/// Says why a selector matches none of some pods or namespaces, and which label was probably meant.
///
/// @param noun what one of them is called, such as `pod of shop`
/// @param labels gives the labels of one of them
/// @param name gives what people call one of them
record SelectorAdvice<T>(String noun, Collection<T> candidates, Function<T, Map<String, String>> labels, Function<T, String> name) {

    String why(LabelSelector selector) {
        if (candidates.isEmpty()) return "there is no " + noun;
        var wanted = requirements(selector);
        for (var requirement : wanted) if (candidates.stream().noneMatch(c -> meets(requirement, c))) return unmet(requirement);
        var nearest =
            candidates.stream().max(Comparator.comparingLong(c -> wanted.stream().filter(r -> meets(r, c)).count())).orElseThrow();
        var missed = wanted.stream().filter(r -> !meets(r, nearest)).findFirst().map(SelectorAdvice::text).orElse("");
        return "no %s has %s together; %s lacks %s".formatted(noun,
            String.join(" and ", wanted.stream().map(SelectorAdvice::text).toList()), name.apply(nearest), missed);
    }

    private static List<Requirement> requirements(LabelSelector selector) {
        var all = new ArrayList<Requirement>();
        selector.matchLabels().forEach((key, value) -> all.add(new Requirement(key, Operator.IN, List.of(value))));
        all.addAll(selector.matchExpressions());
        return all;
    }

    private boolean meets(Requirement wanted, T candidate) {
        return Selectors.matches(new LabelSelector(Map.of(), List.of(wanted)), labels.apply(candidate));
    }

    private static String text(Requirement wanted) {
        return wanted.operator() == Operator.IN && wanted.values().size() == 1 ? wanted.key() + "=" + wanted.values().getFirst()
            : Selectors.text(wanted);
    }

    private String unmet(Requirement wanted) {
        return switch (wanted.operator()) {
            case IN -> "no %s has %s%s".formatted(noun, text(wanted), instead(wanted));
            case EXISTS -> "no %s has a label %s%s".formatted(noun, wanted.key(), ofKey(wanted.key()));
            case NOT_IN -> "every %s has %s in (%s)".formatted(noun, wanted.key(), String.join(", ", wanted.values()));
            case DOES_NOT_EXIST -> "every %s has a label %s".formatted(noun, wanted.key());
        };
    }

    private String instead(Requirement wanted) {
        var values = values(wanted.key());
        if (!values.isEmpty()) {
            for (var value : wanted.values()) {
                var near = NearestWord.of(value, values);
                if (near.isPresent()) return "; did you mean %s=%s?".formatted(wanted.key(), near.get());
            }
            return "; there is " + PortAdvice.list(values.stream().map(v -> wanted.key() + "=" + v).toList());
        }
        for (var value : wanted.values()) {
            var keys = keysOf(value);
            if (keys.contains(Namespace.NAME_LABEL)) return "; its name is " + Namespace.NAME_LABEL;
            if (!keys.isEmpty()) return "; did you mean %s=%s?".formatted(nearestKey(wanted.key(), keys), value);
        }
        return ofKey(wanted.key());
    }

    /// What is said of a key that nobody has: the one that was probably meant, or what there is.
    private String ofKey(String key) {
        var keys = new TreeSet<String>();
        candidates.forEach(c -> keys.addAll(labels.apply(c).keySet()));
        var alike = keys.stream().filter(k -> lastPart(k).equals(lastPart(key))).findFirst().or(() -> NearestWord.of(key, keys));
        if (alike.isPresent())
            return "; did you mean %s?".formatted(PortAdvice.list(values(alike.get()).stream().map(v -> alike.get() + "=" + v).toList()));
        var pairs = new TreeSet<String>();
        candidates.forEach(c -> labels.apply(c).forEach((k, v) -> pairs.add(k + "=" + v)));
        return pairs.isEmpty() ? "; none has labels" : "; there is " + PortAdvice.list(List.copyOf(pairs));
    }

    private TreeSet<String> values(String key) {
        var values = new TreeSet<String>();
        for (var candidate : candidates) {
            var value = labels.apply(candidate).get(key);
            if (value != null) values.add(value);
        }
        return values;
    }

    private TreeSet<String> keysOf(String value) {
        var keys = new TreeSet<String>();
        for (var candidate : candidates) labels.apply(candidate).forEach((k, v) -> {
            if (v.equals(value)) keys.add(k);
        });
        return keys;
    }

    private static String nearestKey(String key, TreeSet<String> keys) {
        return keys.stream().filter(k -> lastPart(k).equals(lastPart(key))).findFirst().or(() -> NearestWord.of(key, keys))
            .orElseGet(keys::first);
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}

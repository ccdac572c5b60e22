package dev.lockdown.policy;

import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Label selectors: whether they match, and what they missed.
public final class Selectors {

    private Selectors() {}

    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        for (var wanted : selector.matchLabels().entrySet())
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) return false;
        for (var wanted : selector.matchExpressions()) if (!matches(wanted, labels)) return false;
        return true;
    }

    private static boolean matches(Requirement wanted, Map<String, String> labels) {
        var value = labels.get(wanted.key());
        return switch (wanted.operator()) {
            case IN -> value != null && wanted.values().contains(value);
            case NOT_IN -> value == null || !wanted.values().contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
        };
    }

    /// How many requirements the labels do not meet.
    static int countUnmet(LabelSelector selector, Map<String, String> labels) {
        int unmet = 0;
        for (var wanted : selector.matchLabels().entrySet())
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) unmet++;
        for (var wanted : selector.matchExpressions()) if (!matches(wanted, labels)) unmet++;
        return unmet;
    }

    /// What the labels lack, a clause for each requirement that is not met: `label app=web, wanted app=api`.
    static List<String> unmet(LabelSelector selector, Map<String, String> labels) {
        var unmet = new ArrayList<String>();
        selector.matchLabels().forEach((key, value) -> {
            if (!value.equals(labels.get(key))) unmet.add("%s, wanted %s=%s".formatted(present(key, labels), key, value));
        });
        for (var wanted : selector.matchExpressions())
            if (!matches(wanted, labels)) unmet.add("%s, wanted %s".formatted(present(wanted.key(), labels), text(wanted)));
        return unmet;
    }

    private static String present(String key, Map<String, String> labels) {
        var value = labels.get(key);
        return value == null ? "no label " + key : "label %s=%s".formatted(key, value);
    }

    /// Give a requirement in a few words: `app in (web, api)`, `any app`.
    public static String text(Requirement wanted) {
        return switch (wanted.operator()) {
            case IN -> "%s in (%s)".formatted(wanted.key(), String.join(", ", wanted.values()));
            case NOT_IN -> "%s not in (%s)".formatted(wanted.key(), String.join(", ", wanted.values()));
            case EXISTS -> "any " + wanted.key();
            case DOES_NOT_EXIST -> "no " + wanted.key();
        };
    }
}

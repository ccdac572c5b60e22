package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Requirement;
import java.util.Map;

/// Matches labels as the data plane sees them; deliberately shares nothing with the oracle.
final class LabelMatch {

    private LabelMatch() {}

    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        for (var wanted : selector.matchLabels().entrySet()) if (!wanted.getValue().equals(labels.get(wanted.getKey()))) return false;
        for (var requirement : selector.matchExpressions()) if (!matches(requirement, labels)) return false;
        return true;
    }

    private static boolean matches(Requirement requirement, Map<String, String> labels) {
        var value = labels.get(requirement.key());
        return switch (requirement.operator()) {
            case IN -> value != null && requirement.values().contains(value);
            case NOT_IN -> value == null || !requirement.values().contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
        };
    }
}

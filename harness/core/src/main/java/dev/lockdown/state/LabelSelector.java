package dev.lockdown.state;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A label selector; all of its parts must match, and one without parts matches everything.
///
/// @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">labels and selectors</a>
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {
    public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

    public LabelSelector {
        matchLabels = Collections.unmodifiableMap(new TreeMap<>(matchLabels));
        matchExpressions = List.copyOf(matchExpressions);
    }

    public static LabelSelector labels(Map<String, String> matchLabels) {
        return new LabelSelector(matchLabels, List.of());
    }

    /// @param values at least one for `In` and `NotIn`, none for the others
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }
    }

    /// `NotIn` and `DoesNotExist` also match where the key is missing.
    public enum Operator {
        IN("In"), NOT_IN("NotIn"), EXISTS("Exists"), DOES_NOT_EXIST("DoesNotExist");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}

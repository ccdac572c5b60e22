package dev.lockdown.journal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One change of the cluster's state: what was done to which object.
///
/// @param name `namespace/name`, or the name alone of what has no namespace
/// @param labels of what was relabelled, else empty
/// @param manifest the YAML of what was applied, as its author wrote it where he wrote any; null where something was taken away
/// @param file where the manifest stands, or null where a step says it in words
/// @param line in that file, or 0
public record Edit(Verb verb, Kind kind, String name, Map<String, String> labels, @Nullable String manifest, @Nullable String file,
        int line) {
    public Edit {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    public enum Verb {
        APPLIED("applied"), DELETED("deleted"), RELABELLED("relabelled"), STARTED("started"), STOPPED("stopped"), ADDED("added");

        private final String word;

        Verb(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public enum Kind {
        NAMESPACE("namespace"), POD("pod"), SERVICE("service"), NETWORK_POLICY("policy"), HOST("external host");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /// `policy shop/deny-all applied`
    @Override
    public String toString() {
        return "%s %s %s%s".formatted(kind, name, verb, verb == Verb.RELABELLED ? " " + labels : "");
    }
}

package dev.lockdown.state;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A namespace and its labels, always with `kubernetes.io/metadata.name` as the API server sets it (KEP-2161).
public record Namespace(String name, Map<String, String> labels) {
    public static final String NAME_LABEL = "kubernetes.io/metadata.name";

    public Namespace {
        var all = new TreeMap<>(labels);
        all.put(NAME_LABEL, name);
        labels = Collections.unmodifiableMap(all);
    }
}

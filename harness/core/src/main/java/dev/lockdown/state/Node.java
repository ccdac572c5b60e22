package dev.lockdown.state;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

public record Node(String name, Map<String, String> labels) {
    public Node {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}

package dev.lockdown.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values that are written once and known by their number ever after; the first is 0.
final class Numbered<T> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> values = new ArrayList<>();

    /// Give the number of a value, a new one if it has not been there.
    int of(T value) {
        var known = numbers.putIfAbsent(value, values.size());
        if (known != null) return known;
        values.add(value);
        return values.size() - 1;
    }

    /// All of them, in the order of their numbers.
    List<T> values() {
        return values;
    }
}

package dev.lockdown.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one scenario's lines have in common, written once and referred to by its number: of each kind, the first is 0.
///
/// A line that needs something new carries it, so that whoever has read the lines before knows all that a line means.
final class Interned {
    private final Map<String, Integer> numbers = new HashMap<>();
    private List<String> fresh = new ArrayList<>();

    /// Give the number of a value in JSON, a new one if it has not been there.
    int number(String json) {
        return numbers.computeIfAbsent(json, value -> {
            fresh.add(value);
            return numbers.size();
        });
    }

    /// Take what is new since the last call, in the order of its numbers.
    List<String> takeFresh() {
        var taken = fresh;
        fresh = new ArrayList<>();
        return taken;
    }
}

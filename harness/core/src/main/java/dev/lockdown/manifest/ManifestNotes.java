package dev.lockdown.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Collects what a reader should know although nothing is wrong.
final class ManifestNotes {
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Integer> skipped = new TreeMap<>();

    void add(Position at, String note) {
        notes.add("%s: %s".formatted(at, note));
    }

    /// Count an object of a kind that is not read.
    void skip(Position at, String kind) {
        skipped.merge(kind, 1, Integer::sum);
        if (kind.endsWith("NetworkPolicy")) add(at, "%s is not read, so nothing here expects what it allows or denies".formatted(kind));
    }

    List<String> all() {
        var all = new ArrayList<>(notes);
        if (!skipped.isEmpty()) {
            var counts =
                skipped.entrySet().stream().map(e -> "%s %s".formatted(e.getValue(), e.getKey())).collect(Collectors.joining(", "));
            all.add("skipped: %s; Lockdown reads %s".formatted(counts, String.join(", ", Kind.WORDS)));
        }
        return all;
    }
}

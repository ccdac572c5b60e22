package dev.lockdown.manifest;

import dev.lockdown.manifest.Note.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Collects what a reader should know although nothing is wrong.
final class ManifestNotes {
    private final List<Note> notes = new ArrayList<>();
    private final Map<String, Integer> skipped = new TreeMap<>();

    void note(Position at, String kind, Object name, String text) {
        notes.add(new Note(Grade.NOTE, kind, name.toString(), at, text));
    }

    void warn(Position at, String kind, Object name, String text) {
        notes.add(new Note(Grade.WARNING, kind, name.toString(), at, text));
    }

    void unseen(Position at, String kind, Object name, String text) {
        notes.add(new Note(Grade.UNSEEN, kind, name.toString(), at, text));
    }

    /// Count an object of a kind that is not read.
    void skip(Position at, String kind) {
        skipped.merge(kind, 1, Integer::sum);
        if (kind.endsWith("NetworkPolicy"))
            unseen(at, kind, "", "%s is not read, so nothing here expects what it allows or denies".formatted(kind));
    }

    List<Note> all() {
        var all = new ArrayList<>(notes);
        if (!skipped.isEmpty()) {
            var counts =
                skipped.entrySet().stream().map(e -> "%d %s".formatted(e.getValue(), e.getKey())).collect(Collectors.joining(", "));
            all.add(new Note(Grade.NOTE, String.join(", ", skipped.keySet()), "", null,
                "skipped: %s; Lockdown reads %s".formatted(counts, String.join(", ", Kind.WORDS))));
        }
        return all;
    }
}

package dev.lockdown.manifest;

import dev.lockdown.manifest.Note.Grade;
import dev.lockdown.manifest.yaml.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Collects what a reader should know although nothing is wrong.
final class ManifestNotes {
    private static final int NAMED = 5;

    private final List<Note> notes = new ArrayList<>();
    private final Map<String, Integer> skipped = new TreeMap<>();
    private final Map<String, List<Note>> alike = new LinkedHashMap<>();

    void note(Position at, String kind, Object name, String text) {
        notes.add(new Note(Grade.NOTE, kind, name.toString(), at, text));
    }

    void warn(Position at, String kind, Object name, String text) {
        notes.add(new Note(Grade.WARNING, kind, name.toString(), at, text));
    }

    void say(Note note) {
        notes.add(note);
    }

    /// Keep what decides over flows and is not read.
    void unseen(Position at, String kind, String name) {
        var object = (kind + " " + name).strip();
        notes.add(
            new Note(Grade.UNSEEN, kind, name, at, "%s is not read, so nothing here expects what it allows or denies".formatted(object)));
    }

    /// Count an object of a kind that is not read.
    void skip(String kind) {
        skipped.merge(kind, 1, Integer::sum);
    }

    /// Keep a note that a dump may give rise to a hundred times: alone it stands as it is, and else one stands for all.
    ///
    /// @param of what the one says, with a place for their number
    void alike(String of, Note note) {
        alike.computeIfAbsent(of, _ -> new ArrayList<>()).add(note);
    }

    /// Count a pod, or what makes pods, that has run to its end.
    ///
    /// @param how it ended, such as `Succeeded`
    void ended(Position at, String kind, Object name, String how) {
        alike("%s pods and Jobs have ended and have no network any more; they are left out", new Note(Grade.NOTE, kind, name.toString(), at,
            "%s %s has ended (%s) and has no network any more; it is left out".formatted(kind, name, how)));
    }

    List<Note> all() {
        var all = new ArrayList<>(notes);
        alike.forEach((of, each) -> all.add(each.size() == 1 ? each.getFirst() : new Note(Grade.NOTE, kinds(each), "", null,
            "%s: %s".formatted(of.formatted(each.size()), firstOf(each.stream().map(Note::object).toList())))));
        if (!skipped.isEmpty()) {
            var counts =
                skipped.entrySet().stream().map(e -> "%s %s".formatted(e.getValue(), e.getKey())).collect(Collectors.joining(", "));
            all.add(new Note(Grade.NOTE, String.join(", ", skipped.keySet()), "", null,
                "skipped: %s; Lockdown reads %s, and what else has a pod template".formatted(counts, String.join(", ", Kind.WORDS))));
        }
        return all;
    }

    private static String kinds(List<Note> notes) {
        return notes.stream().map(Note::kind).distinct().collect(Collectors.joining(", "));
    }

    static String firstOf(List<String> names) {
        var first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? "%s and %s more".formatted(first, names.size() - NAMED) : first;
    }
}

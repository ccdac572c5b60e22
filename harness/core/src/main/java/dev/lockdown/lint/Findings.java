package dev.lockdown.lint;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.PolicyPlaces;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is found in one object, each with the line of the part that it is about.
final class Findings {
    private final String kind;
    private final NamespacedName name;
    private final List<Resource> written;
    private final List<Note> notes;
    // Read when something is found: of ten thousand policies few have a slip.
    private @Nullable PolicyPlaces places;

    /// @param written the object as written, or nothing where nobody knows
    Findings(String kind, NamespacedName name, List<Resource> written, List<Note> notes) {
        this.kind = kind;
        this.name = name;
        this.written = written;
        this.notes = notes;
    }

    /// @param part such as `ingress[0].from[1].podSelector`
    void add(String part, String text) {
        notes.add(new Note(Note.Grade.WARNING, kind, name.toString(), at(part), text));
    }

    private @Nullable Position at(String part) {
        if (written.isEmpty()) return null;
        if (places == null) places = PolicyPlaces.of(written.getFirst());
        return places.of(part);
    }
}

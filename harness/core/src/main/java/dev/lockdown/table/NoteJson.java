package dev.lockdown.table;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.Note.Grade;
import java.io.IOException;
import java.util.List;

/// Notes on manifests for programs: `notes`, and `warnings` of what may make the answer another than was meant.
public final class NoteJson {
    private NoteJson() {}

    /// Write both lists as fields of the object that is open.
    public static void write(List<Note> notes, JsonGenerator json) throws IOException {
        list("notes", notes.stream().filter(n -> n.grade() == Grade.NOTE).toList(), json);
        list("warnings", notes.stream().filter(n -> n.grade() != Grade.NOTE).toList(), json);
    }

    private static void list(String field, List<Note> notes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var note : notes) {
            json.writeStartObject();
            json.writeStringField("kind", note.kind());
            json.writeStringField("object", note.object());
            var at = note.at();
            if (at != null) {
                json.writeStringField("file", at.file());
                json.writeNumberField("line", at.line());
            }
            json.writeStringField("text", note.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}

package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Position;
import org.jspecify.annotations.Nullable;

/// What a reader should know of an object although nothing is wrong with its text.
///
/// @param kind of the object, such as `Deployment`
/// @param object `namespace/name`, or a name alone; empty where the note is about several
/// @param at where the object or the field is written; null where the note is about several
/// @param text one sentence without its position
public record Note(Grade grade, String kind, String object, @Nullable Position at, String text) {
    /// How much a note weighs.
    public enum Grade {
        /// Something was left out, or taken for something like it, and the answer stands.
        NOTE,
        /// It is valid and hardly meant.
        WARNING,
        /// It decides over flows and is not read, so that the answer may be another.
        UNSEEN
    }

    /// Give the sentence behind its position, as a terminal shows it.
    @Override
    public String toString() {
        return at == null ? text : at + ": " + text;
    }
}

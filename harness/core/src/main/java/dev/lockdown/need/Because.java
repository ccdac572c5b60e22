package dev.lockdown.need;

import dev.lockdown.manifest.yaml.Position;

/// The place that says so.
///
/// @param field below the object, such as `containers[api].env[DB_URL]`; never a value
public record Because(String file, int line, String field) {

    static Because of(Position at, String field) {
        return new Because(at.file(), at.line(), field);
    }

    @Override
    public String toString() {
        return file + ":" + line + " " + field;
    }
}

package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of the JSON object that is being written, one call each. What is null or empty has no field.
record JsonFields(JsonGenerator json) {
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    interface Body<T> {
        void write(T value, JsonGenerator json) throws IOException;
    }

    /// Write the value's text form.
    JsonFields text(String name, @Nullable Object value) throws IOException {
        if (value != null) json.writeStringField(name, value.toString());
        return this;
    }

    JsonFields text(String name, Instant value) throws IOException {
        json.writeStringField(name, MICROSECONDS.format(value));
        return this;
    }

    JsonFields number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
        return this;
    }

    JsonFields micros(String name, @Nullable Duration value) throws IOException {
        if (value != null) json.writeNumberField(name, micros(value));
        return this;
    }

    JsonFields flag(String name, boolean value) throws IOException {
        if (value) json.writeBooleanField(name, true);
        return this;
    }

    JsonFields texts(String name, Collection<String> values) throws IOException {
        if (values.isEmpty()) return this;
        return array(name, values, (value, to) -> to.writeString(value));
    }

    /// Values that are JSON already.
    JsonFields raw(String name, List<String> values) throws IOException {
        if (values.isEmpty()) return this;
        return array(name, values, (value, to) -> to.writeRawValue(value));
    }

    JsonFields map(String name, Map<String, ?> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (var entry : values.entrySet()) {
            if (entry.getValue() instanceof Integer number) json.writeNumberField(entry.getKey(), number);
            else json.writeStringField(entry.getKey(), String.valueOf(entry.getValue()));
        }
        json.writeEndObject();
        return this;
    }

    /// @param fields write each a field of the object
    <T> JsonFields object(String name, Collection<T> values, Body<T> fields) throws IOException {
        if (values.isEmpty()) return this;
        json.writeObjectFieldStart(name);
        for (var value : values) fields.write(value, json);
        json.writeEndObject();
        return this;
    }

    <T> JsonFields array(String name, Collection<T> values, Body<T> body) throws IOException {
        json.writeArrayFieldStart(name);
        for (var value : values) body.write(value, json);
        json.writeEndArray();
        return this;
    }

    <T> JsonFields objects(String name, Collection<T> values, Body<T> body) throws IOException {
        return array(name, values, (value, to) -> {
            to.writeStartObject();
            body.write(value, to);
            to.writeEndObject();
        });
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}

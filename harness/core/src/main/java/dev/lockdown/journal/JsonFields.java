package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The fields of the JSON object that is being written, one call each.
record JsonFields(JsonGenerator json) {
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    interface Body<T> {
        void write(T value, JsonFields to) throws IOException;
    }

    /// Write the value's text form, or no field where there is no value.
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

    JsonFields flag(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
        return this;
    }

    JsonFields texts(String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (var value : values) json.writeString(value);
        json.writeEndArray();
        return this;
    }

    <T> JsonFields object(String name, T value, Body<T> body) throws IOException {
        json.writeObjectFieldStart(name);
        body.write(value, this);
        json.writeEndObject();
        return this;
    }

    <T> JsonFields objects(String name, Collection<T> values, Body<T> body) throws IOException {
        json.writeArrayFieldStart(name);
        for (var value : values) {
            json.writeStartObject();
            body.write(value, this);
            json.writeEndObject();
        }
        json.writeEndArray();
        return this;
    }
}

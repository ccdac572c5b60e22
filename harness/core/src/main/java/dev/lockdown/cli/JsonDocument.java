package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;

/// The one JSON document that a command prints with `--output json`; its form is in `dev/lockdown/schema`.
final class JsonDocument {
    private static final int SCHEMA = 1;

    private JsonDocument() {}

    /// What stands in the document besides `schema`.
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static void write(PrintWriter out, Body body) throws IOException {
        try (var json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            body.write(json);
            json.writeEndObject();
        }
        out.println();
    }

    static void texts(String field, Collection<?> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var text : texts) json.writeString(text.toString());
        json.writeEndArray();
    }
}

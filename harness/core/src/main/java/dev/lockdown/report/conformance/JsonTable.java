package dev.lockdown.report.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// The table as one JSON document.
final class JsonTable {
    private static final int SCHEMA = 1;

    private JsonTable() {}

    static String text(Conformance conformance) {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("run", conformance.run());
            json.writeStringField("version", conformance.version());
            json.writeStringField("cluster", conformance.cluster());
            json.writeNumberField("seed", conformance.seed());
            json.writeArrayFieldStart("features");
            for (var row : conformance.rows()) {
                json.writeStartObject();
                json.writeStringField("feature", row.feature());
                json.writeStringField("name", row.name());
                figures(row, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("total");
            figures(conformance.total(), json);
            json.writeEndObject();
            json.writeArrayFieldStart("skipped");
            for (var skipped : conformance.skipped()) skipped(skipped, json);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void figures(Conformance.Row row, JsonGenerator json) throws IOException {
        json.writeNumberField("scenarios", row.scenarios());
        json.writeNumberField("passed", row.passed());
        json.writeNumberField("failed", row.failed());
        json.writeNumberField("inconclusive", row.inconclusive());
        json.writeNumberField("skipped", row.skipped());
        json.writeNumberField("cells", row.cells());
        json.writeNumberField("seconds", row.took().toMillis() / 1000.0);
    }

    private static void skipped(Conformance.Skipped skipped, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", skipped.place());
        json.writeStringField("name", skipped.name());
        json.writeStringField("because", skipped.because());
        json.writeEndObject();
    }
}

package dev.lockdown.rehearsal.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.need.Need;
import dev.lockdown.rehearsal.NeedJson;
import dev.lockdown.rehearsal.Today;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// A change for programs, as `rehearsal-change.schema.json` says.
public final class ChangeJson {
    private ChangeJson() {}

    /// Write one document. The writer stays open.
    public static void write(ApplicationChange change, Writer out) throws IOException {
        try (var json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("schema", 1);
            json.writeBooleanField("harmless", change.isHarmless());
            broken("breaks", change.breaks(), json);
            open("opens", change.opens(), json);
            broken("stillBroken", change.stillBroken(), json);
            open("openToNew", change.openToNew(), json);
            json.writeArrayFieldStart("noLonger");
            for (var gone : change.noLonger()) {
                json.writeStartObject();
                need(gone.need(), json);
                json.writeBooleanField("stillOpen", gone.stillOpen());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("added");
            for (var need : change.added()) {
                json.writeStartObject();
                need(need, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void broken(String field, List<Today.Result> results, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var result : results) {
            json.writeStartObject();
            need(result.need(), json);
            json.writeStringField("now", result.now().word());
            NeedJson.strings("reasons", result.why(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void open(String field, List<Today.Open> all, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var open : all) {
            json.writeStartObject();
            NeedJson.ends(open.way().from(), open.way().to(), open.way().port(), json);
            NeedJson.strings("policies", open.policies(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void need(Need need, JsonGenerator json) throws IOException {
        NeedJson.ends(need.from(), need.to(), need.port(), json);
        NeedJson.because(need.because(), json);
    }
}

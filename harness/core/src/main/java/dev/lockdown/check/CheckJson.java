package dev.lockdown.check;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.check.Mistake;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a check found, as JSON; its form is in `dev/lockdown/schema/check.schema.json`.
public final class CheckJson {
    private CheckJson() {}

    /// Write the fields of the document besides `schema`.
    ///
    /// @param placed against the cluster that was chosen, or null where none was
    public static void write(FeaturesCheck check, @Nullable PlacedScenarios placed, int exitStatus, JsonGenerator json)
            throws IOException {
        json.writeNumberField("exitStatus", exitStatus);
        json.writeNumberField("features", check.features().size());
        scenarios(check, placed, json);
        json.writeArrayFieldStart("mistakes");
        for (var mistake : check.mistakes()) write(mistake, json);
        json.writeEndArray();
    }

    private static void scenarios(FeaturesCheck check, @Nullable PlacedScenarios placed, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("scenarios");
        for (var scenario : check.scenarios()) {
            json.writeStartObject();
            json.writeStringField("place", scenario.place());
            json.writeStringField("name", scenario.name());
            json.writeArrayFieldStart("tags");
            for (var tag : scenario.tags()) json.writeString(tag);
            json.writeEndArray();
            json.writeNumberField("pods", scenario.size().pods());
            json.writeNumberField("flows", scenario.size().flows());
            if (placed != null) {
                optional("skipped", placed.refusals().get(scenario.place()), json);
                optional("perhapsSkipped", placed.conditions().get(scenario.place()), json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void optional(String field, @Nullable String text, JsonGenerator json) throws IOException {
        if (text != null) json.writeStringField(field, text);
    }

    private static void write(Mistake mistake, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("grade", mistake.grade().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeStringField("file", mistake.file());
        json.writeNumberField("line", mistake.line());
        json.writeNumberField("column", mistake.column());
        json.writeNumberField("width", mistake.width());
        json.writeStringField("source", mistake.source());
        json.writeStringField("problem", mistake.problem());
        json.writeArrayFieldStart("advice");
        for (var advice : mistake.advice()) json.writeString(advice);
        json.writeEndArray();
        json.writeEndObject();
    }
}

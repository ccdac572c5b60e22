package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.cli.Check.Finding;
import java.io.IOException;
import java.util.List;

/// What `doctor --output json` prints.
///
/// @param cluster as `--cluster` names it
/// @param usable whether a run can use it
/// @param checks of this machine; none for a cluster elsewhere
/// @param facts what else was found, a line each
record DoctorJson(String cluster, boolean usable, List<Check> checks, List<String> facts) {

    void body(JsonGenerator json) throws IOException {
        json.writeStringField("cluster", cluster);
        json.writeBooleanField("usable", usable);
        json.writeArrayFieldStart("checks");
        for (var check : checks) check(check, json);
        json.writeEndArray();
        JsonDocument.texts("facts", facts, json);
    }

    private static void check(Check check, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", check.name());
        json.writeBooleanField("required", check.required());
        json.writeBooleanField("good", check.holds());
        switch (check.finding()) {
            case Finding.Good(var detail) -> json.writeStringField("detail", detail);
            case Finding.Lacking(var problem, var remedy) -> {
                json.writeStringField("detail", problem);
                if (remedy != null) json.writeStringField("remedy", remedy);
            }
        }
        json.writeEndObject();
    }
}

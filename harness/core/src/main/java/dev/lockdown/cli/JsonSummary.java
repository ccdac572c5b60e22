package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/// What `run --output json` prints: one document, after the run.
final class JsonSummary {
    private static final int SCHEMA = 1;

    private JsonSummary() {}

    static void write(Run run, ExitStatus status, RunFolder folder, PrintStream out) {
        try (var json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("run", folder.path().toString());
            json.writeStringField("verdict", run.sentence());
            json.writeNumberField("exitStatus", status.code());
            json.writeNumberField("seconds", run.took().toMillis() / 1000.0);
            json.writeArrayFieldStart("scenarios");
            for (var scenario : run.scenarios()) scenario(scenario, json);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }

    private static void scenario(ScenarioRun scenario, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("feature", scenario.started().feature());
        json.writeNumberField("line", scenario.started().line());
        json.writeStringField("name", scenario.started().name());
        json.writeStringField("status", scenario.status().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("seconds", scenario.took().toNanos() / 1e9);
        json.writeEndObject();
    }
}

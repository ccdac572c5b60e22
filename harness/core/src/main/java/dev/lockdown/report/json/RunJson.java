package dev.lockdown.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.journal.Entry;
import dev.lockdown.report.Flaky;
import dev.lockdown.report.RerunCommand;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.StepRun;
import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.state.NetworkPlugin;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes what `run --output json` prints.
///
/// Lines and columns count from one. Durations are seconds. Of a step's cells only those that differ are there, each with its place, its
/// flow, what was wanted and observed, and what is known of it.
public final class RunJson {
    private static final int SCHEMA = 1;

    private final Run run;
    private final FeatureFiles features;
    private final JsonGenerator json;

    private RunJson(Run run, FeatureFiles features, JsonGenerator json) {
        this.run = run;
        this.features = features;
        this.json = json;
    }

    /// Write the document and the end of its line. The writer stays open.
    ///
    /// @param folder of the run, as it is to be shown
    public static void write(Run run, int exitStatus, String folder, FeatureFiles features, Writer out) throws IOException {
        try (var json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).useDefaultPrettyPrinter()) {
            new RunJson(run, features, json).write(exitStatus, folder);
            json.writeRaw('\n');
        }
    }

    private void write(int exitStatus, String folder) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("run", folder);
        json.writeStringField("verdict", run.sentence());
        json.writeNumberField("exitStatus", exitStatus);
        text("problem", run.problem());
        if (run.started() != null) {
            json.writeStringField("cluster", run.started().cluster());
            json.writeNumberField("seed", run.started().seed());
            json.writeStringField("version", run.started().version());
        }
        json.writeArrayFieldStart("networkPlugins");
        for (var plugin : run.plugins()) plugin(plugin);
        json.writeEndArray();
        json.writeNumberField("seconds", run.took().toMillis() / 1000.0);
        json.writeObjectFieldStart("counts");
        for (var status : Entry.Status.values()) json.writeNumberField(word(status), run.counts().of(status));
        json.writeNumberField("selected", run.selected());
        json.writeEndObject();
        json.writeArrayFieldStart("flaky");
        for (var flaky : run.flaky()) flaky(flaky);
        json.writeEndArray();
        json.writeArrayFieldStart("scenarios");
        for (var scenario : run.scenarios()) scenario(scenario);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void plugin(NetworkPlugin plugin) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", plugin.name());
        if (plugin.version() != null) json.writeStringField("version", plugin.version().toString());
        json.writeStringField("toldBy", plugin.toldBy());
        json.writeEndObject();
    }

    private void flaky(Flaky flaky) throws IOException {
        json.writeStartObject();
        json.writeStringField("feature", flaky.feature());
        json.writeNumberField("line", flaky.line());
        json.writeStringField("name", flaky.name());
        json.writeNumberField("passed", flaky.passed());
        json.writeNumberField("times", flaky.times());
        json.writeEndObject();
    }

    private void scenario(ScenarioRun scenario) throws IOException {
        var started = scenario.started();
        json.writeStartObject();
        json.writeStringField("feature", started.feature());
        json.writeNumberField("line", started.line());
        json.writeStringField("featureName", started.featureName());
        text("rule", started.rule());
        json.writeStringField("name", started.name());
        json.writeArrayFieldStart("tags");
        for (var tag : started.tags()) json.writeString(tag);
        json.writeEndArray();
        json.writeStringField("status", word(scenario.status()));
        json.writeNumberField("seconds", scenario.took().toNanos() / 1e9);
        json.writeObjectFieldStart("spentSeconds");
        for (var spent : scenario.spent().on().entrySet()) json.writeNumberField(spent.getKey().word(), spent.getValue().toNanos() / 1e9);
        json.writeEndObject();
        text("problem", scenario.status() == Entry.Status.SKIPPED ? scenario.skippedBecause() : scenario.problem());
        json.writeStringField("command", RerunCommand.of(run, scenario));
        text("evidence", scenario.evidence());
        json.writeArrayFieldStart("steps");
        for (var step : scenario.steps()) step(scenario, step);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void step(ScenarioRun scenario, StepRun step) throws IOException {
        var finished = step.finished();
        json.writeStartObject();
        json.writeStringField("keyword", finished.keyword().strip());
        json.writeStringField("text", finished.text());
        json.writeStringField("file", scenario.started().feature());
        json.writeNumberField("line", finished.line());
        json.writeNumberField("column", finished.column());
        json.writeStringField("status", word(finished.status()));
        json.writeNumberField("seconds", finished.took().toNanos() / 1e9);
        text("problem", finished.problem());
        json.writeNumberField("cells", step.judged().stream().mapToInt(j -> j.judgement().cells().size()).sum());
        json.writeArrayFieldStart("differing");
        var cells = new CellJson(json, scenario, features);
        for (var judged : step.judged()) for (var cell : judged.judgement().differing()) cells.write(cell, judged.at());
        json.writeEndArray();
        json.writeEndObject();
    }

    private void text(String field, @Nullable String value) throws IOException {
        if (value != null) json.writeStringField(field, value);
    }

    private static String word(Entry.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}

package dev.lockdown.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a digest as JSON lines (see `history.schema.json`): first the run as a whole, then every name that its scenarios use, then
/// a line for each scenario, so that of a file that was cut off, or merged by git with conflict marks, all whole lines are still worth something.
/// [DigestReader] is its mirror.
final class DigestWriter {
    static final int SCHEMA = 1;

    private final JsonFactory factory = new JsonFactory();
    private final Map<String, Integer> names = new LinkedHashMap<>();

    private DigestWriter() {}

    static String text(RunDigest run) {
        return new DigestWriter().lines(run);
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private String lines(RunDigest run) {
        var scenarios = new StringBuilder();
        for (var scenario : run.scenarios()) scenarios.append(line(json -> scenario(scenario, json)));
        return line(json -> head(run.head(), json)) + line(json -> texts("names", names.keySet(), json)) + scenarios;
    }

    private String line(Body body) {
        var text = new StringWriter();
        try (var json = factory.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return text.toString();
    }

    private static void head(RunHead head, JsonGenerator json) throws IOException {
        var info = head.info();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("at", info.at().toString());
        json.writeStringField("run", info.run());
        json.writeStringField("version", info.version());
        json.writeStringField("cluster", info.cluster());
        texts("plugins", info.plugins(), json);
        var cell = info.cell();
        if (cell != null) {
            json.writeStringField("cell", cell.name());
            map("settings", cell.settings(), json);
        }
        if (info.exitStatus() != null) json.writeNumberField("exitStatus", info.exitStatus());
        text("problem", info.problem(), json);
        json.writeNumberField("tookMillis", info.took().toMillis());
        if (!info.traits().isEmpty()) map("traits", info.traits(), json);
        json.writeStringField("shape", head.shape());
        json.writeNumberField("scenarios", head.ended().size());
        var ended = new RunLength();
        head.ended().forEach(e -> ended.add(e.letter()));
        json.writeStringField("ended", ended.text());
        json.writeArrayFieldStart("medianMicros");
        for (var median : head.medianMicros()) json.writeNumber(median);
        json.writeEndArray();
    }

    private void scenario(ScenarioDigest scenario, JsonGenerator json) throws IOException {
        json.writeNumberField("feature", number(scenario.feature()));
        json.writeStringField("name", scenario.name());
        if (scenario.occurrence() > 1) json.writeNumberField("occurrence", scenario.occurrence());
        json.writeNumberField("line", scenario.line());
        numbers("tags", scenario.tags(), json);
        json.writeFieldName("status");
        if (scenario.statuses().size() == 1) json.writeString(word(scenario.statuses().getFirst()));
        else {
            json.writeStartArray();
            for (var status : scenario.statuses()) json.writeString(word(status));
            json.writeEndArray();
        }
        json.writeNumberField("tookMillis", scenario.took().toMillis());
        text("problem", scenario.problem(), json);
        if (!scenario.enforced().isEmpty()) {
            json.writeArrayFieldStart("enforcedMicros");
            for (var took : scenario.enforced()) json.writeNumber(micros(took));
            json.writeEndArray();
        }
        if (!scenario.steps().isEmpty()) {
            json.writeArrayFieldStart("steps");
            for (var step : scenario.steps()) step(step, json);
            json.writeEndArray();
        }
        if (!scenario.windows().isEmpty()) {
            json.writeArrayFieldStart("windows");
            for (var window : scenario.windows()) window(window, json);
            json.writeEndArray();
        }
        if (!scenario.fates().isEmpty()) {
            json.writeArrayFieldStart("fates");
            for (var fate : scenario.fates()) fate(fate, json);
            json.writeEndArray();
        }
    }

    /// An array, since there are very many: line, text, the three axes, what was seen.
    private void step(StepDigest step, JsonGenerator json) throws IOException {
        var matrix = VerdictMatrix.of(step.verdicts());
        json.writeStartArray();
        json.writeNumber(step.line());
        json.writeNumber(number(step.text()));
        for (var axis : List.of(matrix.from(), matrix.to(), matrix.how())) {
            json.writeStartArray();
            for (var name : axis) json.writeNumber(number(name));
            json.writeEndArray();
        }
        json.writeString(matrix.seen());
        json.writeEndArray();
    }

    private void window(WindowDigest window, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("flow", number(window.flow()));
        json.writeStringField("kind", word(window.kind()));
        if (!window.cause().isEmpty()) json.writeNumberField("cause", number(window.cause()));
        json.writeNumberField("count", window.count());
        if (window.unended() > 0) json.writeNumberField("unended", window.unended());
        json.writeArrayFieldStart("micros");
        for (var micros : window.micros()) json.writeNumber(micros);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void fate(FateDigest fate, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("flow", number(fate.flow()));
        json.writeNumberField("line", fate.line());
        json.writeStringField("fate", fate.fate());
        json.writeEndObject();
    }

    private int number(String name) {
        return names.computeIfAbsent(name, _ -> names.size());
    }

    private void numbers(String field, Collection<String> values, JsonGenerator json) throws IOException {
        if (values.isEmpty()) return;
        json.writeArrayFieldStart(field);
        for (var value : values) json.writeNumber(number(value));
        json.writeEndArray();
    }

    private static void texts(String field, Collection<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var value : values) json.writeString(value);
        json.writeEndArray();
    }

    private static void map(String field, Map<String, String> values, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        for (var entry : values.entrySet()) json.writeStringField(entry.getKey(), entry.getValue());
        json.writeEndObject();
    }

    private static void text(String field, @Nullable String value, JsonGenerator json) throws IOException {
        if (value != null) json.writeStringField(field, value);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static long micros(Duration took) {
        return took.toNanos() / 1000;
    }
}

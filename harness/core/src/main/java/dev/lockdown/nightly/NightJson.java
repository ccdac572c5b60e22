package dev.lockdown.nightly;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.comparison.ComparisonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Writes a night as `nightly.json` (see `nightly.schema.json`).
public final class NightJson {
    private static final int SCHEMA = 1;

    private final JsonGenerator json;

    private NightJson(JsonGenerator json) {
        this.json = json;
    }

    public static void write(Findings findings, Path file) throws IOException {
        try (var json = new JsonFactory().createGenerator(Files.newBufferedWriter(file)).useDefaultPrettyPrinter()) {
            new NightJson(json).write(findings);
            json.writeRaw('\n');
        }
    }

    private void write(Findings findings) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("verdict", new NightText(findings).sentence());
        json.writeArrayFieldStart("cells");
        for (var cell : findings.cells()) cell(cell);
        json.writeEndArray();
        json.writeArrayFieldStart("firstBad");
        for (var found : findings.firstBad()) {
            json.writeStartObject();
            json.writeStringField("feature", found.scenario().feature());
            json.writeStringField("scenario", found.scenario().name());
            json.writeStringField("of", found.of());
            if (found.lastGood() != null) json.writeStringField("lastGood", found.lastGood());
            json.writeStringField("firstBad", found.firstBad());
            json.writeStringField("cell", found.cell());
            if (found.mended() != null) json.writeStringField("mended", found.mended());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void cell(Findings.OfCell of) throws IOException {
        json.writeStartObject();
        json.writeStringField("cell", of.cell().name());
        json.writeObjectFieldStart("settings");
        for (var setting : of.cell().named().entrySet()) json.writeStringField(setting.getKey(), setting.getValue());
        json.writeEndObject();
        var outcome = of.outcome();
        json.writeStringField("state", word(outcome.state()));
        json.writeStringField("status", word(NightStatus.of(of)));
        json.writeNumberField("seconds", outcome.took().toMillis() / 1000.0);
        if (outcome.exitStatus() != null) json.writeNumberField("exitStatus", outcome.exitStatus());
        if (outcome.folder() != null) json.writeStringField("run", outcome.folder());
        if (outcome.problem() != null) json.writeStringField("problem", outcome.problem());
        json.writeObjectFieldStart("counts");
        for (var counts : Judged.Counts.values()) json.writeNumberField(word(counts), of.count(counts));
        json.writeEndObject();
        json.writeArrayFieldStart("notPassed");
        for (var judged : of.judged())
            if (judged.counts() != Judged.Counts.PASSED && judged.counts() != Judged.Counts.SKIPPED) judged(judged);
        json.writeEndArray();
        var since = of.sinceLast();
        if (since != null) {
            json.writeObjectFieldStart("sinceLast");
            new ComparisonJson(json).write(since);
            json.writeEndObject();
        }
        json.writeArrayFieldStart("flakes");
        var digest = of.digest();
        for (var flake : of.flakes()) {
            if (digest == null) continue;
            var scenario = digest.scenarios().get(flake.scenario());
            json.writeStartObject();
            json.writeStringField("feature", scenario.feature());
            json.writeStringField("scenario", scenario.key().name());
            json.writeNumberField("otherwise", flake.otherwise());
            json.writeNumberField("runs", flake.runs());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void judged(Judged judged) throws IOException {
        json.writeStartObject();
        json.writeStringField("place", judged.scenario().place());
        json.writeStringField("scenario", judged.scenario().key().name());
        json.writeStringField("counts", word(judged.counts()));
        if (judged.scenario().problem() != null) json.writeStringField("problem", judged.scenario().problem());
        json.writeArrayFieldStart("deviations");
        for (var deviation : judged.deviations()) {
            json.writeStartObject();
            json.writeStringField("at", deviation.at().toString());
            json.writeStringField("reason", deviation.reason());
            if (deviation.link() != null) json.writeStringField("link", deviation.link());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

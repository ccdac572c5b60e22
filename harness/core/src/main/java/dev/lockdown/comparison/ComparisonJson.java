package dev.lockdown.comparison;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes comparisons as `compare --output json` prints them (see `compare.schema.json`).
public record ComparisonJson(JsonGenerator json) {

    /// Write the fields of one comparison into an object that is open.
    public void write(Comparison comparison) throws IOException {
        run("before", comparison.before());
        run("after", comparison.after());
        json.writeBooleanField("otherwise", comparison.isOtherwise());
        json.writeObjectFieldStart("compared");
        json.writeNumberField("scenarios", comparison.compared().scenarios());
        json.writeNumberField("verdicts", comparison.compared().verdicts());
        json.writeNumberField("times", comparison.compared().times());
        json.writeNumberField("traits", comparison.compared().traits());
        json.writeEndObject();
        json.writeArrayFieldStart("changes");
        for (var change : comparison.changes()) change(change);
        json.writeEndArray();
        only("onlyBefore", comparison.onlyBefore());
        only("onlyAfter", comparison.onlyAfter());
    }

    private void run(String field, RunInfo run) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("run", run.run());
        json.writeStringField("at", run.at().toString());
        json.writeStringField("cluster", run.cluster());
        if (run.cell() != null) json.writeStringField("cell", run.cell().name());
        json.writeArrayFieldStart("networkPlugins");
        for (var plugin : run.plugins()) json.writeString(plugin);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void only(String field, List<ScenarioDigest.Key> scenarios) throws IOException {
        json.writeArrayFieldStart(field);
        for (var scenario : scenarios) {
            json.writeStartObject();
            scenario(scenario);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void scenario(ScenarioDigest.@Nullable Key scenario) throws IOException {
        if (scenario == null) return;
        json.writeStringField("feature", scenario.feature());
        json.writeStringField("scenario", scenario.name());
    }

    private void change(Change change) throws IOException {
        json.writeStartObject();
        switch (change) {
            case Change.OfScenario c -> {
                of("scenario", c.scenario(), c.place());
                if (c.problem() != null) json.writeStringField("problem", c.problem());
            }
            case Change.OfFlow c -> {
                of("verdict", c.scenario(), c.place());
                json.writeStringField("step", c.step());
                json.writeStringField("from", c.flow().from());
                json.writeStringField("to", c.flow().to());
                json.writeStringField("on", c.flow().how());
                json.writeBooleanField("agrees", c.after().agrees());
            }
            case Change.OfManner c -> {
                of("manner", c.scenario(), c.place());
                json.writeStringField("on", c.how());
                json.writeNumberField("flows", c.flows());
            }
            case Change.OfFate c -> {
                of("fate", c.scenario(), c.place());
                json.writeStringField("flow", c.flow());
            }
            case Change.OfTrait c -> {
                of("trait", null, "");
                json.writeStringField("id", c.id());
            }
            case Change.OfTime c -> {
                of("time", c.scenario(), c.place());
                json.writeStringField("what", c.what());
                times("before", c.before());
                times("after", c.after());
                json.writeNumberField("p", c.p());
            }
        }
        if (!(change instanceof Change.OfTime)) {
            json.writeStringField("before", ChangeWording.was(change));
            json.writeStringField("after", change instanceof Change.OfFlow c ? c.after().seen().words() : ChangeWording.is(change));
        }
        json.writeEndObject();
    }

    private void of(String kind, ScenarioDigest.@Nullable Key scenario, String place) throws IOException {
        json.writeStringField("kind", kind);
        scenario(scenario);
        if (!place.isEmpty()) json.writeStringField("place", place);
    }

    private void times(String field, Change.Times times) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("count", times.count());
        json.writeNumberField("medianSeconds", times.medianMicros() / 1e6);
        json.writeEndObject();
    }
}

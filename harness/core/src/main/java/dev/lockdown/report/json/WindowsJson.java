package dev.lockdown.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.Window;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.flow.Way;
import dev.lockdown.report.DisruptionRun;
import dev.lockdown.report.HeldRun;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.WatchRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `windows.json`: when the flows that were watched opened and shut, and what became of held connections (`windows.schema.json`).
public final class WindowsJson {
    private static final int SCHEMA = 1;

    private final JsonGenerator json;
    private long missed;
    private long missedBeats;

    private WindowsJson(JsonGenerator json) {
        this.json = json;
    }

    /// Whether a run watched or held anything, or disrupted its clusters.
    public static boolean isAskedFor(Run run) {
        return run.scenarios().stream().anyMatch(s -> !s.watches().isEmpty() || !s.held().isEmpty() || !s.disruptions().isEmpty());
    }

    public static void write(Run run, Path file) throws IOException {
        try (var out = Files.newOutputStream(file); var json = new JsonFactory().createGenerator(out)) {
            // A window in each line: a soak has very many, and indented fields take as much room again.
            var lines = new DefaultPrettyPrinter();
            lines.indentObjectsWith(new DefaultPrettyPrinter.FixedSpaceIndenter());
            lines.indentArraysWith(new DefaultIndenter("  ", "\n"));
            new WindowsJson(json.setPrettyPrinter(lines)).run(run);
        }
    }

    private void run(Run run) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", SCHEMA);
        json.writeArrayFieldStart("windows");
        for (var scenario : run.scenarios()) for (var watch : scenario.watches()) watch(scenario, watch);
        json.writeEndArray();
        json.writeArrayFieldStart("distributions");
        for (var group : run.windowGroups()) new DistributionsJson(json).write(group);
        json.writeEndArray();
        json.writeArrayFieldStart("claims");
        for (var scenario : run.scenarios())
            for (var step : scenario.steps()) for (var measured : step.measured()) new ClaimsJson(json).write(measured);
        json.writeEndArray();
        json.writeArrayFieldStart("fates");
        for (var scenario : run.scenarios()) for (var held : scenario.held()) fates(scenario, held);
        json.writeEndArray();
        json.writeNumberField("missedTicks", missed);
        json.writeNumberField("missedBeats", missedBeats);
        json.writeArrayFieldStart("disruptions");
        for (var scenario : run.scenarios()) for (var disruption : scenario.disruptions()) disruption(scenario, disruption);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void watch(ScenarioRun scenario, WatchRun watch) throws IOException {
        missed += watch.missedTicks();
        var flows = watch.watched().flows();
        var windows = watch.windows(scenario.applied());
        for (int i = 0; i < flows.size(); i++)
            for (var window : windows.get(i)) window(scenario, watch, flows.get(i), window);
    }

    private void window(ScenarioRun scenario, WatchRun watch, WatchedFlow flow, Window window) throws IOException {
        json.writeStartObject();
        json.writeStringField("scenario", scenario.started().scenario());
        flow(flow, json);
        var cause = window.cause();
        json.writeStringField("cause", cause == null ? "" : cause.words());
        json.writeStringField("kind", word(window.kind()));
        json.writeStringField("began",
            watch.watched().at().truncatedTo(ChronoUnit.MICROS).plus(window.beganMicros(), ChronoUnit.MICROS).toString());
        json.writeNumberField("lengthMs", millis(window.mostMicros()));
        json.writeNumberField("errorMs", millis(window.mostMicros() - window.leastMicros()));
        text("censored", window.censored() == null ? null : word(window.censored()), json);
        json.writeNumberField("samples", window.samples());
        json.writeNumberField("intervalMs", millis(watch.watched().interval().toNanos() / 1000));
        if (cause != null) json.writeNumberField("answeredMs", millis(cause.answeredMicros() - cause.sentMicros()));
        json.writeEndObject();
    }

    private void disruption(ScenarioRun scenario, DisruptionRun disruption) throws IOException {
        var began = disruption.began().at();
        var healed = disruption.healed();
        json.writeStartObject();
        json.writeStringField("scenario", scenario.started().scenario());
        json.writeStringField("words", disruption.words());
        json.writeStringField("began", began.truncatedTo(ChronoUnit.MICROS).toString());
        since("healedMs", began, healed == null ? null : healed.at());
        since("overMs", began, disruption.over());
        text("problem", healed == null ? null : healed.problem(), json);
        json.writeEndObject();
    }

    private void since(String field, Instant began, @Nullable Instant until) throws IOException {
        if (until == null) json.writeNullField(field);
        else json.writeNumberField(field, millis(ChronoUnit.MICROS.between(began.truncatedTo(ChronoUnit.MICROS), until)));
    }

    static void flow(WatchedFlow watched, JsonGenerator json) throws IOException {
        var flow = watched.flow();
        json.writeObjectFieldStart("flow");
        json.writeStringField("from", flow.source().toString());
        json.writeStringField("to", flow.destination().toString());
        json.writeStringField("protocol", flow.port().protocol().name());
        json.writeNumberField("port", flow.port().number());
        json.writeStringField("family", flow.family().toString());
        switch (watched) {
            case Flow _ -> {}
            case WatchedFlow.Http _ -> json.writeStringField("asks", "HTTP");
            case WatchedFlow.Lookup(_, var name) -> {
                json.writeStringField("asks", "DNS");
                json.writeStringField("name", name);
            }
        }
        json.writeEndObject();
    }

    private void fates(ScenarioRun scenario, HeldRun held) throws IOException {
        missedBeats += held.missedBeats();
        for (var met : held.fates(scenario.applied())) {
            json.writeStartObject();
            json.writeStringField("scenario", scenario.started().scenario());
            flow(held.held().flow(), json);
            json.writeStringField("cause", met.cause().words());
            fate(met.fate());
            json.writeNumberField("lostRequests", met.losses().there());
            json.writeNumberField("lostReplies", met.losses().back());
            json.writeNumberField("slowestMs", millis(met.losses().slowestMicros()));
            json.writeNumberField("intervalMs", millis(held.held().interval().toNanos() / 1000));
            json.writeEndObject();
        }
    }

    private void fate(Fate fate) throws IOException {
        switch (fate) {
            case Fate.Survives(long back) -> {
                json.writeStringField("fate", "survives");
                if (back == 0) json.writeNullField("afterMs");
                else json.writeNumberField("afterMs", millis(back));
            }
            case Fate.Reset(long after) -> fate("reset", after);
            case Fate.Silent(long after) -> fate("silent", after);
            case Fate.OneWay(var going, long after) -> {
                fate("replies-only", after);
                json.writeStringField("goesOn", going == Way.BACK ? "replies" : "requests");
            }
        }
    }

    private void fate(String word, long after) throws IOException {
        json.writeStringField("fate", word);
        json.writeNumberField("afterMs", millis(after));
    }

    static double millis(long micros) {
        return micros / 1000.0;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static void text(String field, @Nullable String text, JsonGenerator json) throws IOException {
        if (text == null) json.writeNullField(field);
        else json.writeStringField(field, text);
    }
}

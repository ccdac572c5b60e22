package dev.lockdown.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Repair;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.report.text.Place;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Evidence;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wording;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes a cell that differs: where it stands, its flow, what was wanted and seen, and what is known of it.
final class CellJson {
    private final JsonGenerator json;
    private final ScenarioRun scenario;
    private final FeatureFiles features;

    CellJson(JsonGenerator json, ScenarioRun scenario, FeatureFiles features) {
        this.json = json;
        this.scenario = scenario;
        this.features = features;
    }

    /// @param at when it was judged: policies are those that were there then
    void write(Cell cell, Instant at) throws IOException {
        json.writeStartObject();
        place(cell);
        flow(cell.question().probe());
        json.writeStringField("wanted", Wording.of(cell.question().wanted()));
        verdict(cell.verdict());
        json.writeStringField("how", Wording.how(cell));
        control(cell.control());
        var expectation = cell.expectation();
        text("demanded", expectation == null ? null : word(expectation));
        policies(cell, at);
        texts("because", Wording.because(cell).stream());
        json.writeArrayFieldStart("evidence");
        for (var evidence : cell.evidence()) evidence(evidence);
        json.writeEndArray();
        var cause = cell.cause();
        if (cause != null) {
            json.writeStringField("cause", word(cause));
            json.writeStringField("likely", Wording.likely(cell));
            if (cell.defect() != null) defect(cell.defect());
        }
        if (!cell.rules().isEmpty()) RulesJson.write(cell.rules(), json);
        if (!cell.repairs().isEmpty()) {
            json.writeArrayFieldStart("repairs");
            for (var repair : cell.repairs()) repair(repair);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void defect(FoundDefect found) throws IOException {
        json.writeObjectFieldStart("knownDefect");
        json.writeStringField("id", found.defect().toString());
        json.writeStringField("plugin", found.defect().plugin());
        if (found.version() != null) json.writeStringField("version", found.version().toString());
        json.writeBooleanField("known", found.isKnown());
        json.writeStringField("sentence", found.defect().sentence());
        json.writeStringField("reference", found.defect().reference());
        json.writeEndObject();
    }

    private void repair(Repair repair) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", word(repair.kind()));
        json.writeStringField("policy", repair.policy().toString());
        json.writeStringField("written", repair.written());
        json.writeStringField("meant", repair.meant());
        if (repair.file() != null) {
            json.writeStringField("file", repair.file());
            json.writeNumberField("line", repair.line());
        }
        json.writeStringField("text", Wording.of(repair));
        json.writeEndObject();
    }

    private void place(Cell cell) throws IOException {
        var file = scenario.started().feature();
        var place = Place.of(features.lines(file), scenario, cell);
        json.writeStringField("file", file);
        json.writeNumberField("line", cell.question().line());
        json.writeNumberField("column", place.map(Place::column).orElse(1));
    }

    private void flow(Probe probe) throws IOException {
        json.writeStringField("flow", probe.toString());
        json.writeStringField("from", probe.source().toString());
        switch (probe) {
            case Probe.Reach(var flow, _) -> ends("reach", flow.destination(), flow.port());
            case Probe.Unasked(var flow) -> ends("unasked", flow.destination(), flow.port());
            case Probe.Ping(_, var destination, _) -> ends("ping", destination, null);
            case Probe.Resolve(_, var name, var transport, _) -> {
                json.writeStringField("probe", "resolve");
                json.writeStringField("name", name);
                json.writeStringField("transport", word(transport));
            }
        }
        json.writeStringField("family", probe.family().toString());
    }

    private void ends(String probe, Endpoint to, @Nullable Port port) throws IOException {
        json.writeStringField("probe", probe);
        json.writeStringField("to", to.toString());
        if (port == null) return;
        json.writeStringField("protocol", port.protocol().toString());
        json.writeNumberField("port", port.number());
    }

    private void verdict(Verdict verdict) throws IOException {
        json.writeStringField("observed", switch (verdict) {
            case Verdict.Open _ -> "open";
            case Verdict.Blocked _ -> "blocked";
            case Verdict.Mixed _ -> "mixed";
            case Verdict.Inconclusive _ -> "inconclusive";
        });
        if (verdict instanceof Verdict.Blocked(var manner, _)) json.writeStringField("manner", word(manner));
    }

    private void control(Control control) throws IOException {
        json.writeObjectFieldStart("control");
        switch (control) {
            case Control.NotNeeded() -> json.writeStringField("found", "not-needed");
            case Control.Proven(var grade) -> {
                json.writeStringField("found", word(grade));
                json.writeStringField("text", Wording.of(grade));
            }
            case Control.Missing(var lack) -> {
                json.writeStringField("found", "none");
                json.writeStringField("text", Wording.of(lack));
            }
        }
        json.writeEndObject();
    }

    /// The policies that decide, each with the place where it was written: its own file, or the step that says it.
    private void policies(Cell cell, Instant at) throws IOException {
        var reasons = cell.reasons();
        json.writeArrayFieldStart("policies");
        if (reasons != null) {
            var places = places(at);
            for (var policy : reasons.deciding()) {
                json.writeStartObject();
                json.writeStringField("name", policy.toString());
                var place = places.get(policy.toString());
                if (place != null) {
                    json.writeStringField("file", place.file);
                    json.writeNumberField("line", place.line);
                }
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private record FileLine(String file, int line) {}

    private Map<String, FileLine> places(Instant at) {
        var places = new HashMap<String, FileLine>();
        Stream.concat(scenario.setup().stream(), scenario.steps().stream().flatMap(s -> s.applied().stream()))
            .filter(a -> !a.at().isAfter(at)).forEach(applied -> {
                for (var edit : applied.edits()) if (edit.kind() == Edit.Kind.NETWORK_POLICY) places.put(edit.name(), place(edit, applied));
            });
        return places;
    }

    private FileLine place(Edit edit, Entry.Applied applied) {
        return edit.file() == null ? new FileLine(scenario.started().feature(), Math.max(1, applied.line()))
            : new FileLine(edit.file(), edit.line());
    }

    private void evidence(Evidence evidence) throws IOException {
        json.writeStartObject();
        switch (evidence) {
            case Evidence.DroppedAt(var drop) -> {
                json.writeStringField("kind", "dropped");
                json.writeStringField("node", drop.node());
                json.writeStringField("rule", drop.rule());
            }
            case Evidence.SourceSeen(var server, var address) -> {
                json.writeStringField("kind", "source");
                json.writeStringField("server", server);
                json.writeStringField("address", address);
            }
            case Evidence.SourceTranslated(var server, var address, _, var own) -> {
                json.writeStringField("kind", "source-translated");
                json.writeStringField("server", server);
                json.writeStringField("address", address);
                json.writeStringField("own", own);
            }
            case Evidence.TakenAsItIs _ -> json.writeStringField("kind", "taken-as-it-is");
        }
        json.writeStringField("text", Wording.of(evidence));
        json.writeEndObject();
    }

    private void text(String field, @Nullable String value) throws IOException {
        if (value != null) json.writeStringField(field, value);
    }

    private void texts(String field, Stream<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (var value : values.toList()) json.writeString(value);
        json.writeEndArray();
    }

    private static String word(Expectation expectation) {
        return switch (expectation) {
            case Expectation.Allowed _ -> "allowed";
            case Expectation.Denied _ -> "denied";
            case Expectation.Split _ -> "split";
            case Expectation.Unspecified _ -> "unspecified";
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.lockdown.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.manifest.Note;
import dev.lockdown.table.Survey.Line;
import dev.lockdown.verdict.Wording;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// A survey for programs, as one document or a line for each flow.
public final class SurveyJson {
    private static final int SCHEMA = 1;

    private final Writer out;
    private final boolean onlyDifferences;

    public SurveyJson(Writer out, boolean onlyDifferences) {
        this.out = out;
        this.onlyDifferences = onlyDifferences;
    }

    /// Write one document; where there are further states, the first has `then`, a list of the others.
    ///
    /// @param notes on the manifests, of all states
    /// @param changes from each state to the next
    public void document(List<Survey> surveys, List<Note> notes, List<List<Shift>> changes) throws IOException {
        try (var json = generator()) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            body(surveys.getFirst(), surveys, json);
            NoteJson.write(notes, json);
            if (surveys.size() > 1) {
                json.writeArrayFieldStart("then");
                for (int i = 1; i < surveys.size(); i++) {
                    json.writeStartObject();
                    body(surveys.get(i), List.of(surveys.get(i)), json);
                    for (var kind : Shift.Kind.values()) shifts(kind, changes.get(i - 1), json);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void body(Survey survey, List<Survey> agreeing, JsonGenerator json) throws IOException {
        json.writeNumberField("schema", SCHEMA);
        json.writeStringField("cluster", survey.cluster());
        json.writeArrayFieldStart("pods");
        for (var pod : survey.pods()) {
            json.writeStartObject();
            json.writeStringField("name", pod.name());
            json.writeArrayFieldStart("ips");
            for (var ip : pod.ips()) json.writeString(ip);
            json.writeEndArray();
            json.writeStringField("node", pod.node());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("flows");
        for (var line : told(survey)) {
            json.writeStartObject();
            flow(line, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (agreeing.stream().noneMatch(Survey::compares)) json.writeNullField("agree");
        else json.writeBooleanField("agree", agreeing.stream().allMatch(Survey::agrees));
    }

    /// Write a line for each flow.
    public void lines(Survey survey) throws IOException {
        try (var json = generator()) {
            json.setRootValueSeparator(null);
            for (var line : told(survey)) {
                json.writeStartObject();
                if (survey.step() > 0) json.writeNumberField("state", survey.step());
                flow(line, json);
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
    }

    private List<Line> told(Survey survey) {
        if (!onlyDifferences) return survey.lines();
        return survey.lines().stream().filter(Line::needsALook).toList();
    }

    private JsonGenerator generator() throws IOException {
        return new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private static void flow(Line line, JsonGenerator json) throws IOException {
        var flow = line.flow();
        json.writeStringField("from", flow.source().toString());
        json.writeStringField("to", flow.destination().toString());
        json.writeStringField("protocol", flow.port().protocol().toString());
        json.writeNumberField("port", flow.port().number());
        json.writeStringField("family", flow.family().toString());
        json.writeStringField("expected", SurveyWords.expected(line.expectation()));
        var answer = line.answer();
        if (answer == null) {
            json.writeNullField("observed");
            json.writeNullField("how");
        } else {
            json.writeStringField("observed", SurveyWords.observed(answer.verdict()));
            json.writeStringField("how", SurveyWords.how(answer.verdict()));
        }
        strings("because", line.expectation().because(), json);
        if (answer != null) strings("evidence", Wording.evidence(answer), json);
    }

    private static void shifts(Shift.Kind kind, List<Shift> changes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(kind.toString());
        for (var shift : changes) {
            if (shift.kind() != kind) continue;
            var flow = shift.flows().getFirst();
            json.writeStartObject();
            json.writeStringField("from", shift.from());
            json.writeStringField("to", shift.to());
            json.writeStringField("protocol", flow.port().protocol().toString());
            json.writeNumberField("port", flow.port().number());
            json.writeStringField("family", flow.family().toString());
            json.writeNumberField("flows", shift.flows().size());
            if (!shift.was().isEmpty()) json.writeStringField("before", shift.was());
            json.writeStringField("now", shift.is());
            json.writeArrayFieldStart("because");
            for (var reason : shift.reasons()) reason(reason, json);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void reason(Shift.Reason reason, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", reason.text());
        var policy = reason.policy();
        if (policy != null) json.writeStringField("policy", policy.toString());
        if (!reason.path().isEmpty()) json.writeStringField("path", reason.path());
        var at = reason.at();
        if (at != null) {
            json.writeStringField("file", at.file());
            json.writeNumberField("line", at.line());
        }
        json.writeEndObject();
    }

    private static void strings(String field, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var text : texts) json.writeString(text);
        json.writeEndArray();
    }
}

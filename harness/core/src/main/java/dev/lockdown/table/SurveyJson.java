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
    public void document(List<Survey> surveys, List<Note> notes) throws IOException {
        try (var json = generator()) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            body(surveys.getFirst(), surveys, json);
            NoteJson.write(notes, json);
            if (surveys.size() > 1) {
                json.writeArrayFieldStart("then");
                for (var survey : surveys.subList(1, surveys.size())) {
                    json.writeStartObject();
                    body(survey, List.of(survey), json);
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

    private static void strings(String field, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var text : texts) json.writeString(text);
        json.writeEndArray();
    }
}

package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.Resource;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.OpenQuestion;
import dev.lockdown.policy.Reading;
import dev.lockdown.policy.ResolvedFlow;
import dev.lockdown.policy.Ruling;
import dev.lockdown.policy.Settled;
import dev.lockdown.policy.Side;
import dev.lockdown.table.Described;
import dev.lockdown.table.FlowAnswer;
import dev.lockdown.table.FlowQuestion;
import dev.lockdown.table.NoteJson;
import dev.lockdown.table.SurveyWords;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `explain --output json` prints: the policies that decide, and what every rule says of both sides.
final class ExplainJson {
    private final FlowQuestion question;
    private final List<FlowAnswer> answers;
    private final List<Note> notes;
    private final Map<NamespacedName, Position> written = new HashMap<>();

    ExplainJson(FlowQuestion question, List<FlowAnswer> answers, Described described) {
        this.question = question;
        this.answers = answers;
        this.notes = described.notes();
        for (var resource : described.written())
            if (resource instanceof Resource.OfPolicy(var policy, var at, _)) written.put(policy.name(), at);
    }

    void body(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("asked");
        json.writeStringField("from", question.from().text());
        json.writeStringField("to", question.to().text());
        json.writeStringField("port", question.port());
        json.writeEndObject();
        if (answers.size() == 1) answer(answers.getFirst(), json);
        else several(json);
        NoteJson.write(notes, json);
    }

    /// Replicas that do not agree: each answer with the flows that it is of.
    private void several(JsonGenerator json) throws IOException {
        boolean alike = answers.stream().map(a -> SurveyWords.expected(a.explanation().expectation())).distinct().count() == 1;
        json.writeStringField("expected", alike ? SurveyWords.expected(answers.getFirst().explanation().expectation()) : "mixed");
        json.writeArrayFieldStart("answers");
        for (var answer : answers) {
            json.writeStartObject();
            answer(answer, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void answer(FlowAnswer answer, JsonGenerator json) throws IOException {
        var explanation = answer.explanation();
        var flow = explanation.flow();
        json.writeStringField("from", flow.source().toString());
        json.writeStringField("to", flow.destination().toString());
        json.writeStringField("protocol", flow.port().protocol().toString());
        json.writeNumberField("port", flow.port().number());
        json.writeStringField("family", flow.family().toString());
        json.writeNumberField("flows", answer.flows().size());
        json.writeStringField("expected", SurveyWords.expected(explanation.expectation()));
        if (explanation.expectation() instanceof Expectation.Unspecified(var reference, _)) json.writeStringField("reference", reference);
        JsonDocument.texts("because", explanation.expectation().because(), json);
        json.writeArrayFieldStart("deciding");
        for (var policy : explanation.deciding()) policy(policy, json);
        json.writeEndArray();
        json.writeArrayFieldStart("arrivals");
        for (var arrival : explanation.resolvedFlows()) arrival(arrival, json);
        json.writeEndArray();
    }

    private void policy(NamespacedName name, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("policy", name.toString());
        var at = written.get(name);
        if (at != null) {
            json.writeStringField("file", at.file());
            json.writeNumberField("line", at.line());
        }
        json.writeEndObject();
    }

    private static void arrival(ResolvedFlow arrival, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("destination", arrival.destination());
        json.writeStringField("protocol", arrival.port().protocol().toString());
        json.writeNumberField("port", arrival.port().number());
        json.writeArrayFieldStart("sides");
        for (var side : arrival.sides()) side(side, json);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void side(Side side, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("direction", side.direction().toString());
        json.writeStringField("subject", side.subject());
        json.writeStringField("ruling", word(side.ruling()));
        JsonDocument.texts("isolatedBy", side.isolating(), json);
        JsonDocument.texts("decidedBy", side.deciding(), json);
        json.writeArrayFieldStart("rules");
        for (var reading : side.readings()) reading(reading, json);
        json.writeEndArray();
        JsonDocument.texts("almostSelecting", side.almostSelecting(), json);
        json.writeEndObject();
    }

    private static void reading(Reading reading, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("policy", reading.policy().toString());
        json.writeStringField("path", reading.path().toString());
        switch (reading) {
            case Reading.Admits _ -> json.writeStringField("says", "admits");
            case Reading.Unsettled(_, _, var question) -> {
                json.writeStringField("says", "open");
                json.writeStringField("why", question.sentence());
            }
            case Reading.Misses misses -> {
                json.writeStringField("says", "misses");
                json.writeStringField("why", misses.why());
            }
        }
        json.writeEndObject();
    }

    private static String word(Ruling ruling) {
        var name = switch (ruling) {
            case Settled settled -> settled.name();
            case OpenQuestion question -> question.name();
        };
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

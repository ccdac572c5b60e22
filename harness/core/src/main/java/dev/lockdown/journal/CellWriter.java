package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Doubt;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Lack;
import dev.lockdown.verdict.Laggard;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.SentinelPlace;
import dev.lockdown.verdict.Verdict;
import java.io.IOException;

/// Writes what was judged. [CellReader] is its mirror.
///
/// A cell is an array: probe, line, wanted, verdict, where in the last round its observations begin (-1 for none), reasons (-1 for none),
/// and an object of what most cells do not have.
final class CellWriter {
    private final ScenarioWriter scenario;
    private final JsonGenerator json;
    private final SeenWriter seen;
    private int next;

    CellWriter(ScenarioWriter scenario, JsonGenerator json) {
        this.scenario = scenario;
        this.json = json;
        this.seen = new SeenWriter(scenario, json);
    }

    void write(Judgement judgement) throws IOException {
        json.writeObjectFieldStart("scope");
        scope(judgement.scope());
        json.writeEndObject();
        new JsonFields(json).number("rounds", judgement.rounds()).micros("tookMicros", judgement.took());
        json.writeArrayFieldStart("cells");
        for (var cell : judgement.cells()) cell(cell);
        json.writeEndArray();
    }

    private void scope(Scope scope) throws IOException {
        switch (scope) {
            case Scope.Named _ -> json.writeStringField("of", "named");
            case Scope.OnPorts(var ports) -> {
                json.writeStringField("of", "ports");
                new JsonFields(json).texts("ports", ports);
            }
            case Scope.EveryFlow _ -> json.writeStringField("of", "every-flow");
            case Scope.OpenInBaseline _ -> json.writeStringField("of", "open-in-baseline");
            case Scope.ShutBeforeTheChange _ -> json.writeStringField("of", "shut-before-change");
        }
    }

    private void cell(Cell cell) throws IOException {
        var question = cell.question();
        int first = scenario.place(cell.observations(), next);
        json.writeStartArray();
        json.writeNumber(scenario.probe(question.probe()));
        json.writeNumber(question.line());
        json.writeString(question.wanted().name());
        json.writeString(verdict(cell.verdict()));
        json.writeNumber(first);
        var reasons = cell.reasons();
        json.writeNumber(reasons == null ? -1 : scenario.reasons(reasons, question.probe()));
        if (hasMore(cell)) more(cell);
        json.writeEndArray();
        next = first + cell.observations().size();
    }

    private static String verdict(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> "OPEN";
            case Verdict.Blocked(var manner, _) -> manner.name();
            case Verdict.Mixed _ -> "MIXED";
            case Verdict.Inconclusive _ -> "INCONCLUSIVE";
        };
    }

    private static boolean hasMore(Cell cell) {
        return cell.question().label() != null || cell.question().by() == Question.By.NAME || cell.observations().size() != 1
            || cell.eitherWay() || cell.translatedFrom() != null || !(cell.control() instanceof Control.NotNeeded)
            || cell.verdict() instanceof Verdict.Inconclusive;
    }

    private void more(Cell cell) throws IOException {
        json.writeStartObject();
        var fields = new JsonFields(json);
        if (cell.question().label() instanceof Question.Label(var row, var column)) {
            json.writeArrayFieldStart("label");
            json.writeNumber(scenario.name(row));
            json.writeNumber(scenario.name(column));
            json.writeEndArray();
        }
        fields.flag("byName", cell.question().by() == Question.By.NAME);
        if (cell.observations().size() != 1) fields.number("dials", cell.observations().size());
        fields.flag("eitherWay", cell.eitherWay()).text("translatedFrom", cell.translatedFrom());
        switch (cell.control()) {
            case Control.NotNeeded() -> {}
            case Control.Proven(var grade) -> fields.text("control", grade);
            case Control.Missing(var lack) -> lack("lack", lack, cell);
        }
        if (cell.verdict() instanceof Verdict.Inconclusive(var doubt)) doubt(doubt, cell);
        json.writeEndObject();
    }

    private void doubt(Doubt doubt, Cell cell) throws IOException {
        json.writeObjectFieldStart("doubt");
        switch (doubt) {
            case Doubt.UnclearOutcome(var outcome) -> {
                json.writeStringField("kind", "unclear-outcome");
                outcome(outcome, cell);
            }
            case Doubt.NoControl(var outcome, var lack) -> {
                json.writeStringField("kind", "no-control");
                outcome(outcome, cell);
                lack("lack", lack, cell);
            }
            case Doubt.UnprovenBackends(var lack) -> {
                json.writeStringField("kind", "unproven-backends");
                lack("lack", lack, cell);
            }
            case Doubt.UnresolvedName(var ofName) -> {
                json.writeStringField("kind", "unresolved-name");
                outcome(ofName, cell);
            }
            case Doubt.NotEnforced(var laggards, var waited) -> {
                json.writeStringField("kind", "not-enforced");
                new JsonFields(json).micros("waitedMicros", waited).array("laggards", laggards, (l, _) -> laggard(l));
            }
        }
        json.writeEndObject();
    }

    private void outcome(Outcome outcome, Cell cell) throws IOException {
        json.writeArrayFieldStart("outcome");
        seen.outcome(outcome, cell.question().probe());
        json.writeEndArray();
    }

    private void lack(String name, Lack lack, Cell cell) throws IOException {
        json.writeArrayFieldStart(name);
        switch (lack) {
            case Lack.PodDown(var pod) -> lack("pod-down", pod);
            case Lack.NoListener(var pod, var port) -> lack("no-listener", pod, port);
            case Lack.NoEndpoints(var service) -> lack("no-endpoints", service);
            case Lack.NoAnswerForBystander(var destination, var port) -> lack("no-answer-for-bystander", destination, port);
            case Lack.NoEchoForBystander(var destination) -> lack("no-echo-for-bystander", destination);
            case Lack.NoNameForBystander(var unresolved) -> lack("no-name-for-bystander", unresolved);
            case Lack.NoRuleNamed _ -> lack("no-rule-named");
            case Lack.ShutInBaseline(var outcome) -> {
                lack("shut-in-baseline");
                json.writeStartArray();
                seen.outcome(outcome, cell.question().probe());
                json.writeEndArray();
            }
            case Lack.NothingToCompare _ -> lack("nothing-to-compare");
        }
        json.writeEndArray();
    }

    private void lack(String kind, Object... about) throws IOException {
        json.writeString(kind);
        for (var thing : about) json.writeNumber(scenario.name(thing));
    }

    /// An array: direction, node, protocol, family, and what was last seen there.
    void laggard(Laggard laggard) throws IOException {
        json.writeStartArray();
        place(laggard.place(), json);
        json.writeStartArray();
        seen.outcome(laggard.outcome(), NOBODY);
        json.writeEndArray();
        json.writeEndArray();
    }

    /// A probe that nobody answers, so that who did is always said.
    static final Probe NOBODY = new Probe.Resolve(new Endpoint.KubernetesApi(), "",
        Probe.Transport.EITHER, Family.IPV4);

    static void place(SentinelPlace place, JsonGenerator json) throws IOException {
        json.writeString(place.direction().toString());
        json.writeString(place.node());
        json.writeString(place.protocol().toString());
        json.writeString(place.family().toString());
    }
}

package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Repair;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Doubt;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Lack;
import dev.lockdown.verdict.Laggard;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.SentinelPlace;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes what was judged. [CellReader] is its mirror.
///
/// A cell is an array: probe, how many lines it stands below the cell before (the first: below the step), reasons (-1 for none),
/// finding (what is wanted and what was found, with the control behind what is blocked), and an object of what most cells do not have. Its observations are those of
/// the last round that follow those of the cell before.
final class CellWriter {
    private final ScenarioWriter scenario;
    private final JsonGenerator json;
    private final SeenWriter seen;
    private int next;
    private int line;
    private boolean table;

    CellWriter(ScenarioWriter scenario, JsonGenerator json) {
        this.scenario = scenario;
        this.json = json;
        this.seen = new SeenWriter(scenario, json);
    }

    /// @param step its line
    void write(Judgement judgement, int step) throws IOException {
        line = step;
        table = judgement.scope() instanceof Scope.OnPorts;
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
        var reasons = cell.reasons();
        json.writeStartArray();
        json.writeNumber(scenario.probe(question.probe()));
        json.writeNumber(question.line() - line);
        json.writeNumber(reasons == null ? -1 : scenario.reasons(reasons, question.probe()));
        json.writeNumber(scenario.finding(finding(question.wanted(), cell.verdict())));
        if (hasMore(cell, first)) more(cell, first);
        json.writeEndArray();
        line = question.line();
        next = first + cell.observations().size();
    }

    private static String finding(Wanted wanted, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> "[\"%s\",\"OPEN\"]".formatted(wanted);
            case Verdict.Blocked(var manner, var grade) -> "[\"%s\",\"%s\",\"%s\"]".formatted(wanted, manner, grade);
            case Verdict.Mixed _ -> "[\"%s\",\"MIXED\"]".formatted(wanted);
            case Verdict.Inconclusive _ -> "[\"%s\",\"INCONCLUSIVE\"]".formatted(wanted);
        };
    }

    private boolean hasMore(Cell cell, int first) {
        return !isLabelledByItsEnds(cell) || cell.question().by() == Question.By.NAME || cell.observations().size() != 1 || first != next
            || cell.eitherWay() || !cell.repairs().isEmpty() || cell.defect() != null || !cell.rules().isEmpty()
            || cell.translatedFrom() != null
            || hasControlOfItsOwn(cell)
            || cell.verdict() instanceof Verdict.Inconclusive;
    }

    /// A blocked one says its control already.
    private static boolean hasControlOfItsOwn(Cell cell) {
        return !(cell.control() instanceof Control.NotNeeded) && !(cell.verdict() instanceof Verdict.Blocked);
    }

    /// Most cells of a truth table are, and no others: the scope says whether it is one.
    private boolean isLabelledByItsEnds(Cell cell) {
        return Objects.equals(cell.question().label(), byEnds(table, cell.question().probe()));
    }

    static Question.@Nullable Label byEnds(boolean table, Probe probe) {
        return table && probe instanceof Probe.Reach(var flow, _)
            ? new Question.Label(flow.source().toString(), flow.destination().toString()) : null;
    }

    private void more(Cell cell, int first) throws IOException {
        json.writeStartObject();
        var fields = new JsonFields(json);
        if (!isLabelledByItsEnds(cell)) label(cell.question().label());
        fields.flag("byName", cell.question().by() == Question.By.NAME);
        if (cell.observations().size() != 1) fields.number("dials", cell.observations().size());
        if (first != next) fields.number("first", first);
        fields.flag("eitherWay", cell.eitherWay()).text("translatedFrom", cell.translatedFrom());
        if (hasControlOfItsOwn(cell)) {
            switch (cell.control()) {
                case Control.NotNeeded() -> {}
                case Control.Proven(var grade) -> fields.text("control", grade);
                case Control.Missing(var lack) -> lack("lack", lack, cell);
            }
        }
        if (cell.verdict() instanceof Verdict.Inconclusive(var doubt)) doubt(doubt, cell);
        if (!cell.repairs().isEmpty()) fields.objects("repairs", cell.repairs(), (repair, _) -> repair(repair));
        if (cell.defect() instanceof FoundDefect found) {
            json.writeObjectFieldStart("defect");
            fields.text("id", found.defect()).text("version", found.version());
            json.writeEndObject();
        }
        if (!cell.rules().isEmpty()) RulesEntries.write(cell.rules(), scenario, fields);
        json.writeEndObject();
    }

    private void repair(Repair repair) throws IOException {
        var fields = new JsonFields(json).text("kind", repair.kind()).text("policy", repair.policy()).text("written", repair.written())
            .text("meant", repair.meant());
        if (repair.file() != null) fields.text("file", repair.file()).number("line", repair.line());
    }

    private void label(Question.@Nullable Label label) throws IOException {
        json.writeArrayFieldStart("label");
        if (label != null) {
            json.writeNumber(scenario.name(label.row()));
            json.writeNumber(scenario.name(label.column()));
        }
        json.writeEndArray();
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

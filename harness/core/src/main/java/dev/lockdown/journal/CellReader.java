package dev.lockdown.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.Repair;
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Doubt;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.KnownDefect;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Lack;
import dev.lockdown.verdict.Laggard;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.SentinelPlace;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what [CellWriter] wrote.
final class CellReader {
    private final ScenarioReader scenario;
    private final SeenReader seen;
    private int next;
    private int line;
    private boolean table;

    CellReader(ScenarioReader scenario) {
        this.scenario = scenario;
        this.seen = new SeenReader(scenario);
    }

    /// @param step its line
    Judgement judgement(JsonNode written, int step) {
        var json = new Json(written);
        line = step;
        table = json.node().path("scope").path("of").asText().equals("ports");
        return new Judgement(scope(new Json(written.path("scope"))), json.list("cells", this::cell), json.number("rounds"),
            json.micros("tookMicros"));
    }

    private static Scope scope(Json scope) {
        return switch (scope.text("of")) {
            case "named" -> new Scope.Named();
            case "ports" -> new Scope.OnPorts(scope.texts("ports"));
            case "every-flow" -> new Scope.EveryFlow();
            case "open-in-baseline" -> new Scope.OpenInBaseline();
            case "shut-before-change" -> new Scope.ShutBeforeTheChange();
            default -> throw new IllegalArgumentException("there is no scope \"%s\"".formatted(scope.text("of")));
        };
    }

    private Cell cell(JsonNode c) {
        var probe = scenario.probe(c.path(0));
        line += Json.number(c.path(1), "a cell's line");
        var found = scenario.finding(c.path(3));
        var more = new Json(c.path(4));
        var question = new Question(probe, Wanted.valueOf(found.path(0).asText()), line, label(more.node().path("label"), probe),
            more.flag("byName") ? Question.By.NAME : Question.By.ADDRESS);
        int first = more.node().path("first").asInt(next);
        int dials = more.node().path("dials").asInt(1);
        next = first + dials;
        var observations = scenario.round(first, dials);
        var control = control(found, more, probe);
        var reasons = c.path(2).asInt(-1) < 0 ? null : scenario.reasons(c.path(2), c.path(0), probe);
        return new Cell(question, observations, control, verdict(found.path(1).asText(), observations, control, more, probe), reasons,
            more.flag("eitherWay"), more.textOrNull("translatedFrom"),
            more.node().has("repairs") ? more.list("repairs", CellReader::repair) : List.of(), defect(more.node().path("defect")),
            RulesEntries.read(more.node().path("rules"), scenario));
    }

    /// One that this Lockdown does not know says nothing.
    private static @Nullable FoundDefect defect(JsonNode written) {
        for (var known : KnownDefect.values())
            if (known.toString().equals(written.path("id").asText())) return new FoundDefect(known, EntryReader.version(new Json(written)));
        return null;
    }

    private static Repair repair(JsonNode written) {
        var json = new Json(written);
        return new Repair(Repair.Kind.valueOf(json.text("kind")), NamespacedName.parse(json.text("policy")), json.text("written"),
            json.text("meant"), json.textOrNull("file"), written.path("line").asInt(0));
    }

    private Question.@Nullable Label label(JsonNode label, Probe probe) {
        if (!label.isArray()) return CellWriter.byEnds(table, probe);
        return label.isEmpty() ? null : new Question.Label(scenario.name(label.path(0)), scenario.name(label.path(1)));
    }

    private Control control(JsonNode found, Json more, Probe probe) {
        if (found.has(2)) return new Control.Proven(Control.Grade.valueOf(found.path(2).asText()));
        if (more.node().has("lack")) return new Control.Missing(lack(more.node().path("lack"), probe));
        return more.node().has("control") ? new Control.Proven(Control.Grade.valueOf(more.text("control"))) : new Control.NotNeeded();
    }

    private Verdict verdict(String word, List<Observation> observations, Control control, Json more, Probe probe) {
        return switch (word) {
            case "OPEN" -> new Verdict.Open();
            case "DROPPED", "REJECTED" -> new Verdict.Blocked(Verdict.Manner.valueOf(word), grade(control));
            case "MIXED" ->
                new Verdict.Mixed(observations.stream().filter(o -> o.probe().equals(probe)).map(Observation::outcome).toList());
            case "INCONCLUSIVE" -> new Verdict.Inconclusive(doubt(new Json(more.node().path("doubt")), probe));
            default -> throw new IllegalArgumentException("there is no verdict \"%s\"".formatted(word));
        };
    }

    private static Control.Grade grade(Control control) {
        if (control instanceof Control.Proven(var grade)) return grade;
        throw new IllegalArgumentException("a blocked flow needs a control");
    }

    private Doubt doubt(Json doubt, Probe probe) {
        var outcome = doubt.node().path("outcome");
        return switch (doubt.text("kind")) {
            case "unclear-outcome" -> new Doubt.UnclearOutcome(seen.outcome(outcome, 0, probe));
            case "no-control" -> new Doubt.NoControl(seen.outcome(outcome, 0, probe), lack(doubt.node().path("lack"), probe));
            case "unproven-backends" -> new Doubt.UnprovenBackends(lack(doubt.node().path("lack"), probe));
            case "unresolved-name" -> new Doubt.UnresolvedName(seen.outcome(outcome, 0, probe));
            case "not-enforced" -> new Doubt.NotEnforced(doubt.list("laggards", this::laggard), doubt.micros("waitedMicros"));
            default -> throw new IllegalArgumentException("there is no doubt \"%s\"".formatted(doubt.text("kind")));
        };
    }

    private Lack lack(JsonNode l, Probe probe) {
        return switch (Json.text(l.path(0), "what is lacking")) {
            case "pod-down" -> new Lack.PodDown(NamespacedName.parse(name(l, 1)));
            case "no-listener" -> new Lack.NoListener(NamespacedName.parse(name(l, 1)), Port.parse(name(l, 2)));
            case "no-endpoints" -> new Lack.NoEndpoints(NamespacedName.parse(name(l, 1)));
            case "no-answer-for-bystander" -> new Lack.NoAnswerForBystander(Endpoint.parse(name(l, 1)), Port.parse(name(l, 2)));
            case "no-echo-for-bystander" -> new Lack.NoEchoForBystander(Endpoint.parse(name(l, 1)));
            case "no-name-for-bystander" -> new Lack.NoNameForBystander(name(l, 1));
            case "no-rule-named" -> new Lack.NoRuleNamed();
            case "shut-in-baseline" -> new Lack.ShutInBaseline(seen.outcome(l.path(1), 0, probe));
            case "nothing-to-compare" -> new Lack.NothingToCompare();
            default -> throw new IllegalArgumentException("there is no lack \"%s\"".formatted(l.path(0)));
        };
    }

    private String name(JsonNode array, int index) {
        return scenario.name(array.path(index));
    }

    Laggard laggard(JsonNode l) {
        return new Laggard(place(l), seen.outcome(l.path(4), 0, CellWriter.NOBODY));
    }

    static SentinelPlace place(JsonNode p) {
        return new SentinelPlace(Texts.of(Direction.class, p.path(0).asText()), Json.text(p.path(1), "a node"),
            Protocol.valueOf(p.path(2).asText()), ScenarioReader.family(p.path(3)));
    }
}

package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the lines of [EntryWriter], in their order. Fields that it does not know are passed over.
final class EntryReader {
    /// Rises when a reader of the former one would misunderstand; new fields alone do not raise it.
    static final int SCHEMA = 2;

    private final ObjectMapper mapper = new ObjectMapper(new JsonFactory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final Map<String, ScenarioReader> scenarios = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> damaged = new HashSet<>();
    private boolean anyLost;

    JsonNode tree(byte[] line) throws IOException {
        return mapper.readTree(line);
    }

    /// Give the schema that a line says the journal has; lines that do not say so have ours.
    static int schema(JsonNode line) {
        return line.path("schema").asInt(SCHEMA);
    }

    /// Give the scenario of which a torn line tells, or null where too little is left of it. For use by several threads.
    @Nullable String scenario(byte[] torn) {
        try (var json = mapper.getFactory().createParser(torn)) {
            while (json.nextToken() != null)
                if ("scenario".equals(json.currentName()) && json.currentToken() == JsonToken.VALUE_STRING) return json.getText();
        } catch (IOException _) {
            // There it is torn.
        }
        return null;
    }

    /// Leave out from now on what cannot be understood without a line that was lost: what lines have in common is said once.
    ///
    /// @param scenario of the line; null means that it may be any of those that are going on
    /// @return the scenarios of which something is left out
    Set<String> lose(@Nullable String scenario) {
        anyLost = true;
        var gone = new TreeSet<String>();
        if (scenario == null) gone.addAll(scenarios.keySet());
        else if (scenarios.containsKey(scenario)) gone.add(scenario);
        damaged.addAll(gone);
        return gone;
    }

    private boolean isUnderstood(JsonNode line) {
        var scenario = line.path("scenario").textValue();
        if (scenario == null || !anyLost) return true;
        return switch (line.path("type").asText()) {
            case "applied", "observed", "judged" -> begun.contains(scenario) && !damaged.contains(scenario);
            default -> true;
        };
    }

    /// @return null where it cannot be understood because of lines that were lost
    /// @throws IllegalArgumentException if the line is no entry, saying why
    @Nullable Entry entry(JsonNode line) {
        if (!line.isObject()) throw new IllegalArgumentException("it is no JSON object");
        if (!isUnderstood(line)) return null;
        try {
            return read(line, new Json(line));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Entry read(JsonNode line, Json json) {
        return switch (json.text("type")) {
            case "run-started" -> new Entry.RunStarted(json.instant("at"), json.text("id"), json.text("version"), json.text("cluster"),
                json.longNumber("seed"), json.texts("command"), json.textOrNull("base"));
            case "planned" -> new Entry.Planned(json.instant("at"), planned(line.path("scenarios")), plannedLines(line.path("lines")),
                line.has("shard") ? new PlannedShard(json.number("shard"), json.number("shards"), json.text("whole")) : null);
            case "plugins" -> new Entry.Plugins(json.instant("at"), json.list("plugins", p -> plugin(new Json(p))));
            case "scenario-started" -> {
                scenarios.put(json.text("scenario"), new ScenarioReader());
                begun.add(json.text("scenario"));
                damaged.remove(json.text("scenario"));
                yield new Entry.ScenarioStarted(json.instant("at"), json.text("scenario"), json.text("feature"), json.text("featureName"),
                    json.textOrNull("rule"), json.text("name"), json.number("line"), json.texts("tags"));
            }
            case "canary" -> new Entry.Canary(json.instant("at"), json.text("scenario"), json.list("flows", CellReader::place),
                json.micros("blockedAfterMicros"), json.textOrNull("problem"));
            case "applied" -> {
                var cells = new CellReader(scenario(json));
                yield new Entry.Applied(json.instant("at"), json.text("scenario"), json.number("line"),
                    json.list("edits", e -> edit(new Json(e))), json.instant("sent"), json.instant("answered"),
                    json.microsOrNull("enforcedMicros"), json.list("laggards", cells::laggard));
            }
            case "observed" -> observed(line, json);
            case "judged" -> new Entry.Judged(json.instant("at"), json.text("scenario"), json.number("line"),
                new CellReader(scenario(json)).judgement(line, json.number("line")));
            case "watched" -> WatchReader.watched(json);
            case "sampled" -> WatchReader.sampled(json);
            case "watch-tally" -> WatchReader.tally(json);
            case "watch-ended" -> WatchReader.ended(json);
            case "measured" -> WatchReader.measured(json);
            case "disrupted" -> DisruptionEntries.disrupted(json);
            case "healed" -> DisruptionEntries.healed(json);
            case "waiting" -> new Entry.Waiting(json.instant("at"), json.text("scenario"), json.text("what"), json.micros("lastedMicros"),
                Entry.WaitState.valueOf(json.text("state")));
            case "held" -> HeldReader.held(json);
            case "beats" -> HeldReader.beats(json);
            case "held-ended" -> HeldReader.ended(json);
            case "fate-measured" -> HeldReader.measured(json);
            case "step-finished" -> new Entry.StepFinished(json.instant("at"), json.text("scenario"), json.number("line"),
                json.number("column"), json.text("keyword"), json.text("text"), json.textOrNull("argument"),
                Entry.Status.valueOf(json.text("status")), json.micros("tookMicros"), json.textOrNull("problem"));
            case "scenario-finished" -> {
                scenarios.remove(json.text("scenario"));
                yield new Entry.ScenarioFinished(json.instant("at"), json.text("scenario"), Entry.Status.valueOf(json.text("status")),
                    json.micros("tookMicros"), json.textOrNull("problem"), json.textOrNull("evidence"));
            }
            case "run-finished" -> new Entry.RunFinished(json.instant("at"), json.number("exitStatus"), json.micros("tookMicros"),
                json.textOrNull("problem"));
            default -> throw new IllegalArgumentException("there is no entry of type \"%s\"".formatted(json.text("type")));
        };
    }

    private static NetworkPlugin plugin(Json json) {
        return new NetworkPlugin(json.text("name"), version(json), json.text("toldBy"));
    }

    static @Nullable PluginVersion version(Json json) {
        var version = json.textOrNull("version");
        return version == null ? null : PluginVersion.of(version);
    }

    private static Map<String, Integer> planned(JsonNode scenarios) {
        var planned = new LinkedHashMap<String, Integer>();
        scenarios.properties().forEach(f -> planned.put(f.getKey(), Json.number(f.getValue(), "a number of scenarios")));
        return planned;
    }

    private static Map<String, List<Integer>> plannedLines(JsonNode lines) {
        var planned = new LinkedHashMap<String, List<Integer>>();
        lines.properties().forEach(f -> planned.put(f.getKey(), Json.list(f.getValue(), l -> Json.number(l, "a line"))));
        return planned;
    }

    private static Edit edit(Json json) {
        var labels = new LinkedHashMap<String, String>();
        json.node().path("labels").properties().forEach(l -> labels.put(l.getKey(), Json.text(l.getValue(), "a label")));
        return new Edit(Texts.of(Edit.Verb.class, json.text("verb")), Texts.of(Edit.Kind.class, json.text("kind")), json.text("name"),
            labels, json.textOrNull("manifest"), json.textOrNull("file"), json.node().path("line").asInt(0));
    }

    private Entry observed(JsonNode line, Json json) {
        var scenario = scenario(json);
        var at = json.instant("at");
        var observations = new SeenReader(scenario).read(scenario.asked(line), line.path("seen"), at);
        var purpose = Entry.Purpose.valueOf(json.text("purpose"));
        if (purpose == Entry.Purpose.VERDICT) scenario.round(observations);
        return new Entry.Observed(at, json.text("scenario"), json.number("line"), purpose, observations);
    }

    private ScenarioReader scenario(Json json) {
        var scenario = scenarios.computeIfAbsent(json.text("scenario"), _ -> new ScenarioReader());
        scenario.readFresh(json.node());
        return scenario;
    }
}

package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes entries as JSON lines (schema 2, see `journal.schema.json`). [EntryReader] is its mirror.
///
/// Endpoints, ports and names are their text forms, times ISO 8601 in microseconds, durations microseconds. What a scenario's lines have in
/// common is said once and then by number ([Interned]): a run of everything asks 400,000 times, about flows of the same few ends.
///
/// For use by several threads, each scenario's entries coming from one at a time. By hand, not by data binding, which costs 100 ms more
/// before a run's first line is written.
public final class EntryWriter {
    private final JsonFactory factory = new JsonFactory();
    private final Map<String, ScenarioWriter> scenarios = new ConcurrentHashMap<>();

    /// Give the entry's line, with its end. Each entry is given once, in the order of the lines.
    public byte[] line(Entry entry) {
        var bytes = new ByteArrayOutputStream(512);
        try (var json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            write(entry, json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private void write(Entry entry, JsonGenerator json) throws IOException {
        var to = new JsonFields(json);
        switch (entry) {
            case Entry.RunStarted e -> to.text("type", "run-started").number("schema", EntryReader.SCHEMA).text("at", e.at())
                .text("id", e.id()).text("version", e.version()).text("cluster", e.cluster()).number("seed", e.seed())
                .texts("command", e.command()).text("base", e.base());
            case Entry.Planned e -> {
                to.text("type", "planned").text("at", e.at()).map("scenarios", e.scenarios())
                    .object("lines", e.lines().entrySet(), (feature, j) -> {
                        var lines = feature.getValue().stream().mapToInt(Integer::intValue).toArray();
                        j.writeFieldName(feature.getKey());
                        j.writeArray(lines, 0, lines.length);
                    });
                if (e.shard() != null)
                    to.number("shard", e.shard().index()).number("shards", e.shard().of()).text("whole", e.shard().whole());
            }
            case Entry.Plugins e -> to.text("type", "plugins").text("at", e.at()).objects("plugins", e.plugins(),
                (plugin, j) -> new JsonFields(j).text("name", plugin.name()).text("version", plugin.version())
                    .text("toldBy", plugin.toldBy()));
            case Entry.ScenarioStarted e -> {
                scenarios.put(e.scenario(), new ScenarioWriter());
                to.text("type", "scenario-started").text("at", e.at()).text("scenario", e.scenario()).text("feature", e.feature())
                    .text("featureName", e.featureName()).text("rule", e.rule()).text("name", e.name()).number("line", e.line())
                    .texts("tags", e.tags());
            }
            case Entry.Canary e -> to.text("type", "canary").text("at", e.at()).text("scenario", e.scenario())
                .array("flows", e.flows(), (place, j) -> {
                    j.writeStartArray();
                    CellWriter.place(place, j);
                    j.writeEndArray();
                }).micros("blockedAfterMicros", e.blockedAfter()).text("problem", e.problem());
            case Entry.Applied e -> applied(e, json, to);
            case Entry.Observed e -> observed(e, json, to);
            case Entry.Judged e -> {
                var scenario = scenario(e.scenario());
                to.text("type", "judged").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line());
                new CellWriter(scenario, json).write(e.judgement(), e.line());
                scenario.writeFresh(to);
            }
            case Entry.Watched _, Entry.Sampled _, Entry.WatchTally _, Entry.WatchEnded _, Entry.Measured _ -> new WatchWriter(to).write(entry);
            case Entry.Disrupted e -> DisruptionEntries.write(e, to);
            case Entry.Healed e -> DisruptionEntries.write(e, to);
            case Entry.Waiting e -> to.text("type", "waiting").text("at", e.at()).text("scenario", e.scenario()).text("what", e.what())
                .micros("lastedMicros", e.lasted()).text("state", e.state());
            case Entry.OfHeld held -> new HeldWriter(to).write(held);
            case Entry.StepFinished e -> to.text("type", "step-finished").text("at", e.at()).text("scenario", e.scenario())
                .number("line", e.line()).number("column", e.column()).text("keyword", e.keyword()).text("text", e.text())
                .text("argument", e.argument()).text("status", e.status()).micros("tookMicros", e.took()).text("problem", e.problem());
            case Entry.ScenarioFinished e -> {
                scenarios.remove(e.scenario());
                to.text("type", "scenario-finished").text("at", e.at()).text("scenario", e.scenario()).text("status", e.status())
                    .micros("tookMicros", e.took()).text("problem", e.problem()).text("evidence", e.evidence());
            }
            case Entry.RunFinished e -> to.text("type", "run-finished").text("at", e.at()).number("exitStatus", e.exitStatus())
                .micros("tookMicros", e.took()).text("problem", e.problem());
        }
    }

    private void applied(Entry.Applied entry, JsonGenerator json, JsonFields to) throws IOException {
        var scenario = scenario(entry.scenario());
        var cells = new CellWriter(scenario, json);
        to.text("type", "applied").text("at", entry.at()).text("scenario", entry.scenario()).number("line", entry.line())
            .objects("edits", entry.edits(), (edit, j) -> edit(edit, new JsonFields(j))).text("sent", entry.sent())
            .text("answered", entry.answered()).micros("enforcedMicros", entry.enforced());
        if (!entry.laggards().isEmpty()) to.array("laggards", entry.laggards(), (l, _) -> cells.laggard(l));
        scenario.writeFresh(to);
    }

    private static void edit(Edit edit, JsonFields to) throws IOException {
        to.text("verb", edit.verb()).text("kind", edit.kind()).text("name", edit.name());
        if (!edit.labels().isEmpty()) to.map("labels", edit.labels());
        to.text("manifest", edit.manifest()).text("file", edit.file());
        if (edit.line() > 0) to.number("line", edit.line());
    }

    private void observed(Entry.Observed entry, JsonGenerator json, JsonFields to) throws IOException {
        var scenario = scenario(entry.scenario());
        to.text("type", "observed").text("at", entry.at()).text("scenario", entry.scenario()).number("line", entry.line())
            .text("purpose", entry.purpose());
        var asked = entry.observations().stream().map(o -> scenario.probe(o.probe())).toList();
        if (scenario.again(asked)) to.flag("again", true);
        else asked(asked, json);
        json.writeArrayFieldStart("seen");
        new SeenWriter(scenario, json).write(entry.observations(), entry.at());
        json.writeEndArray();
        if (entry.purpose() == Entry.Purpose.VERDICT) scenario.round(entry.observations());
        scenario.writeFresh(to);
    }

    /// Probes that follow each other are an array of the first and how many.
    private static void asked(List<Integer> probes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("asked");
        for (int from = 0; from < probes.size();) {
            int to = from + 1;
            while (to < probes.size() && probes.get(to) == probes.get(from) + to - from) to++;
            if (to - from > 2) json.writeArray(new int[] {probes.get(from), to - from}, 0, 2);
            else for (int i = from; i < to; i++) json.writeNumber(probes.get(i));
            from = to;
        }
        json.writeEndArray();
    }

    private ScenarioWriter scenario(String id) {
        return scenarios.computeIfAbsent(id, _ -> new ScenarioWriter());
    }
}

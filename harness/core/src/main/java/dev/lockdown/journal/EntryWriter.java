package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes an entry as a JSON line.
///
/// Records are objects with their components' names, `type` names the entry and `kind` the probe or outcome; endpoints, ports and
/// names are their text forms, times ISO 8601 in microseconds. What is null is left out.
///
/// By hand, not by data binding: binding costs 100 ms more before a run's first line is written. [EntryReader] is its mirror.
final class EntryWriter {
    private final JsonFactory factory = new JsonFactory();

    /// Give the entry's line, with its end.
    byte[] line(Entry entry) {
        var bytes = new ByteArrayOutputStream(512);
        try (var json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            write(entry, new JsonFields(json));
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Entry entry, JsonFields to) throws IOException {
        switch (entry) {
            case Entry.RunStarted e -> to.text("type", "run-started").number("schema", EntryReader.SCHEMA).text("at", e.at())
                .text("id", e.id()).text("version", e.version()).text("cluster", e.cluster()).number("seed", e.seed())
                .texts("command", e.command());
            case Entry.Planned e -> {
                to.text("type", "planned").text("at", e.at());
                to.object("scenarios", e.scenarios(), (scenarios, in) -> {
                    for (var feature : scenarios.entrySet()) in.number(feature.getKey(), feature.getValue());
                });
            }
            case Entry.ScenarioStarted e -> to.text("type", "scenario-started").text("at", e.at()).text("scenario", e.scenario())
                .text("feature", e.feature()).text("featureName", e.featureName()).text("rule", e.rule()).text("name", e.name())
                .number("line", e.line()).texts("tags", e.tags());
            case Entry.Canary e -> to.text("type", "canary").text("at", e.at()).text("scenario", e.scenario()).texts("flows", e.flows())
                .text("blockedAfter", e.blockedAfter()).text("problem", e.problem());
            case Entry.Applied e -> to.text("type", "applied").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line())
                .texts("changes", e.changes()).texts("manifests", e.manifests()).text("sent", e.sent())
                .text("answered", e.answered()).text("enforced", e.enforced());
            case Entry.Observed e -> to.text("type", "observed").text("at", e.at()).text("scenario", e.scenario())
                .number("line", e.line()).text("purpose", e.purpose())
                .objects("observations", e.observations(), ObservationWriter::write);
            case Entry.Judged e -> to.text("type", "judged").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line())
                .text("title", e.title()).objects("cells", e.cells(), EntryWriter::cell).number("rounds", e.rounds())
                .text("took", e.took());
            case Entry.StepFinished e -> to.text("type", "step-finished").text("at", e.at()).text("scenario", e.scenario())
                .number("line", e.line()).text("keyword", e.keyword()).text("text", e.text()).text("argument", e.argument())
                .text("status", e.status()).text("took", e.took()).text("problem", e.problem());
            case Entry.ScenarioFinished e -> to.text("type", "scenario-finished").text("at", e.at()).text("scenario", e.scenario())
                .text("status", e.status()).text("took", e.took()).text("problem", e.problem());
            case Entry.RunFinished e -> to.text("type", "run-finished").text("at", e.at()).number("exitStatus", e.exitStatus())
                .text("took", e.took()).text("problem", e.problem());
        }
    }

    private static void cell(Entry.Cell cell, JsonFields to) throws IOException {
        to.text("row", cell.row()).text("column", cell.column()).number("line", cell.line()).text("wanted", cell.wanted())
            .text("observed", cell.observed()).flag("agrees", cell.agrees()).text("how", cell.how())
            .texts("because", cell.because()).texts("evidence", cell.evidence()).text("likely", cell.likely())
            .text("control", cell.control());
    }
}

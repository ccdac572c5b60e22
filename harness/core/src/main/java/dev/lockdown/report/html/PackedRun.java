package dev.lockdown.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.chaos.FateWording;
import dev.lockdown.chaos.TimeWording;
import dev.lockdown.graph.Drawing;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.StepRun;
import dev.lockdown.report.WindowGroup;
import dev.lockdown.verdict.Figures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/// The inside of every scenario, for the page's script to draw when a reader opens one: JSON, deflated, in Base64.
///
/// All texts are made here. Each stands once in a table, and everything else refers to it by its number, 0 being the empty text:
///
/// ```
/// {"scenarios": [{"setup": [CHANGE…], "steps": [STEP…], "graph": GRAPH}…], "order": [SCENARIO…], "distributions": […], "ways": […], "texts": […], "lists": […], "findings": […], "marks": […]}
/// ```
/// Scenarios stand as they were given; `order` has the number of each that is on the page, in the order of the page. They may be given
/// while the others of a long run are still read. Used by one thread.
final class PackedRun {
    /// The best one takes a tenth of a second longer for a fiftieth less.
    private static final int LEVEL = 6;
    /// Of one step; a soak makes thousands.
    private static final int MOST_CHANGES = 40;
    /// So many scenarios may wait for their words; whoever gives more helps to make them.
    private static final int WAITING = 8;
    private static final String NEVER = "memory does not fail to be written";

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream(1 << 20);
    private final Deflater deflater = new Deflater(LEVEL);
    private final JsonGenerator json;
    // The words take longer than the writing.
    private final Ahead<ScenarioRun, Worded> worded;
    private final Map<String, Integer> numbers = new HashMap<>();
    private int given;
    private final Texts texts = new Texts();
    private final Numbered<Mark> marks = new Numbered<>();
    private final PackedJudgement judgements;
    private final PackedWatch watches;
    private final PackedHeld beats;
    private final PackedGraph graphs;

    /// @param others make words, and may never run what they are given
    PackedRun(Executor others) {
        try {
            json = new JsonFactory().createGenerator(new DeflaterOutputStream(packed, deflater, 1 << 16));
            json.writeStartObject();
            json.writeArrayFieldStart("scenarios");
        } catch (IOException e) {
            throw new UncheckedIOException(NEVER, e);
        }
        this.worded = new Ahead<>(Worded::of, others);
        this.judgements = new PackedJudgement(json, texts, marks);
        this.watches = new PackedWatch(json, texts);
        this.beats = new PackedHeld(json, texts);
        this.graphs = new PackedGraph(json, texts);
    }

    /// Take a scenario of which all is known.
    void add(ScenarioRun scenario) {
        numbers.put(scenario.started().scenario(), given++);
        worded.add(scenario);
        try {
            while (worded.size() > WAITING) scenario(worded.take());
            for (Worded next; (next = worded.poll()) != null;) scenario(next);
        } catch (IOException e) {
            throw new UncheckedIOException(NEVER, e);
        }
    }

    /// Take note that a scenario was run once more, and is no more as it was given.
    void forget(String scenario) {
        numbers.remove(scenario);
    }

    /// Write all in Base64, at last, and leave the stream open.
    ///
    /// @param run its scenarios are added where they are missing
    void write(Run run, OutputStream out) throws IOException {
        for (var scenario : run.scenarios()) if (!numbers.containsKey(scenario.started().scenario())) add(scenario);
        while (worded.size() > 0) scenario(worded.take());
        json.writeEndArray();
        json.writeArrayFieldStart("order");
        for (var scenario : run.scenarios()) json.writeNumber(Objects.requireNonNull(numbers.get(scenario.started().scenario())));
        json.writeEndArray();
        judgements.writeFindings();
        distributions(run);
        graphs.writeWays();
        texts.write(json);
        json.writeArrayFieldStart("marks");
        for (var mark : marks.values()) json.writeArray(new String[] {mark.symbol(), mark.word(), mark.tone()}, 0, 3);
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        deflater.end();
        out.write(Base64.getEncoder().encode(packed.toByteArray()));
    }

    private void distributions(Run run) throws IOException {
        json.writeArrayFieldStart("distributions");
        for (var group : WindowGroup.shown(run.windowGroups())) new PackedDistributions(json, texts).write(group);
        json.writeEndArray();
    }

    /// A scenario and, for each of its steps, what was judged.
    ///
    /// @param graph null where there is nothing to draw
    private record Worded(ScenarioRun scenario, List<List<WordedJudgement>> judged, @Nullable Drawing graph) {
        static Worded of(ScenarioRun scenario) {
            var words = new Words();
            return new Worded(scenario, scenario.steps().stream()
                .map(s -> s.judged().stream().map(j -> WordedJudgement.of(j.judgement(), words)).toList()).toList(),
                ScenarioGraph.of(scenario).map(Drawing::of).orElse(null));
        }
    }

    private void scenario(Worded worded) throws IOException {
        json.writeStartObject();
        if (!worded.scenario.watches().isEmpty()) text("place", worded.scenario.place());
        changes("setup", worded.scenario.setup(), "");
        json.writeArrayFieldStart("steps");
        for (int i = 0; i < worded.judged.size(); i++) step(worded.scenario, worded.scenario.steps().get(i), worded.judged.get(i));
        json.writeEndArray();
        if (worded.graph != null) graphs.write(worded.graph);
        if (!worded.scenario.watches().isEmpty()) {
            json.writeArrayFieldStart("watches");
            for (var watch : worded.scenario.watches()) watches.write(worded.scenario, watch);
            json.writeEndArray();
        }
        if (!worded.scenario.held().isEmpty()) {
            json.writeArrayFieldStart("held");
            for (var held : worded.scenario.held()) beats.write(worded.scenario, held);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void step(ScenarioRun scenario, StepRun step, List<WordedJudgement> judged) throws IOException {
        var finished = step.finished();
        var argument = finished.argument() == null ? "" : finished.argument();
        boolean drawn = judged.stream().anyMatch(j -> j.table() != null);
        json.writeStartObject();
        json.writeNumberField("mark", marks.of(Mark.of(finished.status())));
        json.writeNumberField("line", finished.line());
        text("keyword", finished.keyword().strip());
        text("text", finished.text());
        text("took", Figures.duration(finished.took()));
        // A truth table is drawn with its verdicts, and what differs in it is the problem.
        text("argument", drawn ? "" : GherkinTable.aligned(argument));
        text("problem", finished.problem() == null || !judged.isEmpty() ? "" : finished.problem());
        var applied = step.applied();
        changes("changes", applied.subList(0, Math.min(MOST_CHANGES, applied.size())), argument);
        if (applied.size() > MOST_CHANGES) json.writeNumberField("others", applied.size() - MOST_CHANGES);
        if (!step.measured().isEmpty() || !step.fates().isEmpty()) {
            json.writeArrayFieldStart("measured");
            for (var m : step.measured()) measured(scenario, m);
            for (var f : step.fates()) told(texts.of(FateWording.of(f.recorded().flow().toString(), f.again())));
            json.writeEndArray();
        }
        json.writeArrayFieldStart("judged");
        for (var judgement : judged) judgements.write(judgement);
        json.writeEndArray();
        json.writeEndObject();
    }

    /// `[TEXT]`, and where it does not hold what to mark on the timeline.
    private void measured(ScenarioRun scenario, Entry.Measured measured) throws IOException {
        json.writeStartArray();
        json.writeNumber(texts.of(TimeWording.of(measured.flow().toString(), measured.verdict())));
        var spot = TimelineSpot.of(scenario, measured);
        if (spot != null) json.writeString(spot.hash());
        json.writeEndArray();
    }

    private void told(int text) throws IOException {
        json.writeStartArray();
        json.writeNumber(text);
        json.writeEndArray();
    }

    /// @param shown YAML that the step itself shows
    private void changes(String field, List<Entry.Applied> changes, String shown) throws IOException {
        json.writeArrayFieldStart(field);
        for (var change : changes) {
            json.writeStartObject();
            text("words", change.edits().stream().map(Edit::toString).collect(Collectors.joining(", ")));
            text("enforced", change.enforced() == null ? "" : Figures.duration(change.enforced()));
            json.writeArrayFieldStart("objects");
            for (var edit : change.edits()) object(edit, shown);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void object(Edit edit, String shown) throws IOException {
        var manifest = edit.manifest();
        if (manifest == null || manifest.strip().equals(shown.strip())) return;
        json.writeStartObject();
        text("name", kind(edit.kind()) + " " + edit.name());
        text("place", edit.file() == null ? "" : edit.line() == 0 ? edit.file() : edit.file() + ":" + edit.line());
        text("yaml", manifest.stripTrailing());
        json.writeEndObject();
    }

    /// As manifests spell it.
    private static String kind(Edit.Kind kind) {
        return switch (kind) {
            case NAMESPACE -> "Namespace";
            case POD -> "Pod";
            case SERVICE -> "Service";
            case NETWORK_POLICY -> "NetworkPolicy";
            case HOST -> "external host";
        };
    }

    private void text(String field, String text) throws IOException {
        if (!text.isEmpty()) json.writeNumberField(field, texts.of(text));
    }
}

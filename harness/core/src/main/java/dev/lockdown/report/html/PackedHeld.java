package dev.lockdown.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.FateWording;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Way;
import dev.lockdown.report.HeldRun;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.verdict.Figures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Packs the beats of a held connection for the timeline, in the form of [PackedWatch]: a strip for each direction, states being bits in the
/// order of [Beat], and what changes did to it in place of windows.
final class PackedHeld {
    private final JsonGenerator json;
    private final Texts texts;

    PackedHeld(JsonGenerator json, Texts texts) {
        this.json = json;
        this.texts = texts;
    }

    void write(ScenarioRun scenario, HeldRun held) throws IOException {
        var flow = held.held().flow().toString();
        var interval = held.held().interval();
        json.writeStartObject();
        json.writeNumberField("name", texts.of(flow));
        json.writeNumberField("interval", texts.of(interval.isZero() ? "after the other" : "every " + Figures.duration(interval)));
        json.writeNumberField("missed", held.missedBeats());
        json.writeNumberField("end", held.beats().stream().mapToLong(BeatRun::lastMicros).max().orElse(0));
        json.writeArrayFieldStart("causes");
        for (var cause : held.causes(scenario.applied())) {
            json.writeStartArray();
            json.writeNumber(cause.sentMicros());
            json.writeNumber(cause.answeredMicros());
            json.writeNumber(texts.of(cause.words()));
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("flows");
        direction(flow + ", there", merged(held.beats(), Way.THERE), scenario, held);
        direction(flow + ", back", merged(held.beats(), Way.BACK), scenario, null);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void direction(String name, List<BeatRun> runs, ScenarioRun scenario, @Nullable HeldRun told)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("name", texts.of(name));
        json.writeArrayFieldStart("runs");
        for (var run : DrawnRuns.of(runs, r -> new DrawnRuns.Run(r.firstMicros(), r.lastMicros(), r.beat().ordinal(), r.count())))
            json.writeArray(run, 0, run.length);
        json.writeEndArray();
        json.writeArrayFieldStart("windows");
        if (told != null) fates(scenario, told);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void fates(ScenarioRun scenario, HeldRun held) throws IOException {
        for (var met : held.fates(scenario.applied())) {
            json.writeStartArray();
            json.writeNumber(Math.max(0, met.cause().sentMicros()));
            json.writeNumber(0);
            json.writeNumber(texts.of("%s, %s".formatted(FateWording.brief(met.fate()), met.cause().words())));
            json.writeEndArray();
        }
    }

    private static List<BeatRun> merged(List<BeatRun> beats, Way way) {
        var merged = new ArrayList<BeatRun>();
        for (var run : beats) {
            if (run.way() != way) continue;
            if (!merged.isEmpty() && merged.getLast().beat() == run.beat()) merged.set(merged.size() - 1, merged.getLast().and(run));
            else merged.add(run);
        }
        return merged;
    }
}

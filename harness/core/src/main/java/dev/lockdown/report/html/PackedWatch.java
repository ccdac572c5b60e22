package dev.lockdown.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.chaos.TimeWording;
import dev.lockdown.chaos.Window;
import dev.lockdown.flow.Seen;
import dev.lockdown.report.DisruptionRun;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.WatchRun;
import dev.lockdown.verdict.Figures;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/// Packs the samples of watched flows for the timeline, times in microseconds since the watch began:
///
/// ```
/// {"interval": TEXT, "missed": …, "end": …, "causes": [[sent, answered, TEXT]…],
///  "disruptions": [[began, healed, over, TEXT]…],
///  "flows": [{"name": TEXT, "runs": [[first, last, states, samples]…], "windows": [[began, length, TEXT]…], "others": …}…]}
/// ```
/// States are bits, in the order of [Seen]; of very many windows only the longest are packed, and `others` says how many are not.
final class PackedWatch {
    /// Of all flows together.
    private static final int MOST_WINDOWS = 1000;

    private final JsonGenerator json;
    private final Texts texts;

    PackedWatch(JsonGenerator json, Texts texts) {
        this.json = json;
        this.texts = texts;
    }

    void write(ScenarioRun scenario, WatchRun watch) throws IOException {
        json.writeStartObject();
        json.writeNumberField("interval", texts.of("every " + Figures.duration(watch.watched().interval())));
        json.writeNumberField("missed", watch.missedTicks());
        json.writeNumberField("end", end(watch));
        json.writeArrayFieldStart("causes");
        for (var cause : watch.causes(scenario.applied())) {
            json.writeStartArray();
            json.writeNumber(cause.sentMicros());
            json.writeNumber(cause.answeredMicros());
            json.writeNumber(texts.of(cause.words()));
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("disruptions");
        long end = end(watch);
        for (var disruption : scenario.disruptions()) disruption(disruption, watch, end);
        json.writeEndArray();
        json.writeArrayFieldStart("flows");
        var windows = watch.windows(scenario.applied());
        for (int i = 0; i < watch.runs().size(); i++) flow(watch, i, windows.get(i));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static long end(WatchRun watch) {
        return watch.runs().stream().filter(r -> !r.isEmpty()).mapToLong(r -> r.getLast().lastMicros()).max().orElse(0);
    }

    private void disruption(DisruptionRun disruption, WatchRun watch, long end) throws IOException {
        var known = watch.disrupted(List.of(disruption)).getFirst();
        json.writeStartArray();
        json.writeNumber(known.beganMicros());
        json.writeNumber(Math.min(end, known.healedMicros()));
        json.writeNumber(Math.min(end, known.overMicros()));
        json.writeNumber(texts.of("%s: %s".formatted(disruption.words(), disruption.ending())));
        json.writeEndArray();
    }

    private void flow(WatchRun watch, int flow, List<Window> windows) throws IOException {
        json.writeStartObject();
        json.writeNumberField("name", texts.of(watch.watched().flows().get(flow).toString()));
        json.writeArrayFieldStart("runs");
        for (var run : DrawnRuns.of(watch.runs().get(flow),
            r -> new DrawnRuns.Run(r.firstMicros(), r.lastMicros(), r.seen().ordinal(), r.count()))) json.writeArray(run, 0, run.length);
        json.writeEndArray();
        json.writeArrayFieldStart("windows");
        var longest = longest(windows, Math.max(1, MOST_WINDOWS / watch.runs().size()));
        for (var window : longest) {
            json.writeStartArray();
            json.writeNumber(window.beganMicros());
            json.writeNumber(window.mostMicros());
            json.writeNumber(texts.of(words(window)));
            json.writeEndArray();
        }
        json.writeEndArray();
        if (longest.size() < windows.size()) json.writeNumberField("others", windows.size() - longest.size());
        json.writeEndObject();
    }

    /// So many of the longest, in their order.
    private static List<Window> longest(List<Window> windows, int most) {
        if (windows.size() <= most) return windows;
        return windows.stream().sorted(Comparator.comparingLong(Window::mostMicros).reversed()).limit(most)
            .sorted(Comparator.comparingLong(Window::beganMicros)).toList();
    }

    private static String words(Window window) {
        var kind = switch (window.kind()) {
            case CUT_OFF -> "cut off after ";
            case BACK -> "back after ";
            case GAP -> "shut for ";
            case LEAK -> "open for ";
            case UNSAMPLED -> "not known for ";
        };
        return kind + TimeWording.length(window);
    }
}

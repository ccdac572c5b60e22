package dev.lockdown.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.chaos.Window;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what [WatchWriter] wrote.
final class WatchReader {
    private WatchReader() {}

    static Entry.Watched watched(Json json) {
        return new Entry.Watched(json.instant("at"), json.text("scenario"), json.number("line"), json.number("watch"),
            json.micros("intervalMicros"), json.list("flows", f -> asked(new Json(f))), json.microsOrZero("errorMicros"));
    }

    /// The line has no time of its own: what it tells counts from the beginning of its watch.
    static Entry.Sampled sampled(Json json) {
        return new Entry.Sampled(Instant.EPOCH, json.text("scenario"), json.number("watch"), json.number("flow"),
            runs(json));
    }

    private static List<SampleRun> runs(Json json) {
        // Earlier Lockdowns wrote a line for each run.
        if (json.node().has("first"))
            return List.of(
                new SampleRun(json.longNumber("first"), json.longNumber("last"), json.number("count"), one(Seen.class, json.text("seen"))));
        var runs = new ArrayList<SampleRun>();
        long before = 0;
        for (var run : json.node().path("runs")) {
            long first = before + Json.longNumber(run.path(0), "a run's start");
            before = first + Json.longNumber(run.path(1), "a run's length");
            runs.add(new SampleRun(first, before, Json.number(run.path(2), "a run's count"),
                one(Seen.class, Json.text(run.path(3), "what was seen"))));
        }
        return runs;
    }

    static Entry.WatchTally tally(Json json) {
        return new Entry.WatchTally(json.instant("at"), json.text("scenario"), json.number("watch"), json.longNumber("samples"),
            json.longNumber("windows"), json.longNumber("missedTicks"));
    }

    static Entry.WatchEnded ended(Json json) {
        return new Entry.WatchEnded(json.instant("at"), json.text("scenario"), json.number("watch"), json.longNumber("missedTicks"),
            json.microsOrZero("errorMicros"));
    }

    static Entry.Measured measured(Json json) {
        return new Entry.Measured(json.instant("at"), json.text("scenario"), json.number("line"), json.number("watch"),
            asked(new Json(json.node().path("flow"))), json.longNumber("until"), json.microsOrZero("errorMicros"), verdict(json));
    }

    private static WatchedFlow asked(Json json) {
        var flow = flow(json);
        return switch (json.textOrNull("asks")) {
            case null -> flow;
            case "HTTP" -> new WatchedFlow.Http(flow);
            case "DNS" -> new WatchedFlow.Lookup(flow, json.text("name"));
            case String other -> throw new IllegalArgumentException("no sample asks \"%s\"".formatted(other));
        };
    }

    static Flow flow(Json flow) {
        return new Flow(Endpoint.parse(flow.text("from")), Endpoint.parse(flow.text("to")), Port.parse(flow.text("port")),
            ScenarioReader.family(flow.node().path("family")));
    }

    private static TimeVerdict verdict(Json json) {
        var bound = json.micros("boundMicros");
        var claim = switch (json.text("claim")) {
            case "cut-off" -> new TimeClaim.CutOff(bound, times(json));
            case "back" -> new TimeClaim.Back(bound, times(json));
            case "never-open" -> new TimeClaim.NeverOpen(bound, json.node().path("outside").asBoolean());
            case "never-shut" -> new TimeClaim.NeverShut(bound, json.node().path("outside").asBoolean());
            default -> throw new IllegalArgumentException("there is no claim \"%s\"".formatted(json.text("claim")));
        };
        return new TimeVerdict(claim, one(TimeVerdict.Ruling.class, json.text("ruling")), maybeWindow(json.node().path("window")),
            maybe(TimeVerdict.Doubt.class, json.textOrNull("doubt")), turns(json),
            json.textOrNull("leftOpen"));
    }

    private static TimeClaim.Times times(Json json) {
        return json.node().has("of") ? new TimeClaim.Times(json.number("needed"), json.number("of")) : TimeClaim.Times.ONCE;
    }

    private static List<Window> turns(Json json) {
        return json.node().has("turns") ? json.list("turns", WatchReader::window) : List.of();
    }

    private static @Nullable Window maybeWindow(JsonNode node) {
        return node.isObject() ? window(node) : null;
    }

    private static Window window(JsonNode node) {
        var json = new Json(node);
        var words = json.textOrNull("cause");
        return new Window(one(Window.Kind.class, json.text("kind")),
            words == null ? null : new Cause(words, json.longNumber("sent"), json.longNumber("answered"), json.longOrZero("error")),
            json.longNumber("began"),
            json.longNumber("least"), json.longNumber("most"), maybe(Window.Censored.class, json.textOrNull("censored")),
            json.number("samples"));
    }

    static <E extends Enum<E>> @Nullable E maybe(Class<E> type, @Nullable String word) {
        return word == null ? null : one(type, word);
    }

    static <E extends Enum<E>> E one(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

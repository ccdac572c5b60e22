package dev.lockdown.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.FateClaim;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Way;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads what [HeldWriter] wrote.
final class HeldReader {
    private HeldReader() {}

    static Entry.Held held(Json json) {
        return new Entry.Held(json.instant("at"), json.text("scenario"), json.number("line"), json.number("held"),
            json.micros("intervalMicros"), flow(json));
    }

    /// The line has no time of its own: what it tells counts from when the connection was held.
    static Entry.Beats beats(Json json) {
        return new Entry.Beats(Instant.EPOCH, json.text("scenario"), json.number("held"),
            new BeatRun(WatchReader.one(Way.class, json.text("way")), json.longNumber("first"), json.longNumber("last"),
                json.number("count"), WatchReader.one(Beat.class, json.text("beat")),
                json.node().has("slowest") ? json.longNumber("slowest") : 0));
    }

    static Entry.HeldEnded ended(Json json) {
        return new Entry.HeldEnded(json.instant("at"), json.text("scenario"), json.number("held"), json.longNumber("missedBeats"));
    }

    static Entry.FateMeasured measured(Json json) {
        return new Entry.FateMeasured(json.instant("at"), json.text("scenario"), json.number("line"), json.number("held"), flow(json),
            json.longNumber("there"), json.longNumber("back"), verdict(json));
    }

    private static Flow flow(Json json) {
        return WatchReader.flow(new Json(json.node().path("flow")));
    }

    private static FateVerdict verdict(Json json) {
        var words = json.textOrNull("cause");
        return new FateVerdict(WatchReader.one(FateClaim.class, json.text("claim")),
            WatchReader.one(Ruling.class, json.text("ruling")), fate(json.node().path("fate")),
            words == null ? null : new Cause(words, json.longNumber("sent"), json.longNumber("answered")),
            new FateVerdict.Losses(json.longNumber("lostThere"), json.longNumber("lostBack"), json.longNumber("slowest")),
            WatchReader.maybe(FateVerdict.Doubt.class, json.textOrNull("doubt")));
    }

    private static @Nullable Fate fate(JsonNode node) {
        if (!node.isObject()) return null;
        var json = new Json(node);
        long after = json.longNumber("after");
        return switch (json.text("is")) {
            case "survives" -> new Fate.Survives(after);
            case "reset" -> new Fate.Reset(after);
            case "silent" -> new Fate.Silent(after);
            case "one-way" -> new Fate.OneWay(WatchReader.one(Way.class, json.text("going")), after);
            default -> throw new IllegalArgumentException("there is no fate \"%s\"".formatted(json.text("is")));
        };
    }
}

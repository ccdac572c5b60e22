package dev.lockdown.journal;

import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Unattended.Way;
import dev.lockdown.disruption.Unattended;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes and reads what is known of disruptions.
final class DisruptionEntries {
    private DisruptionEntries() {}

    static void write(Entry.Disrupted e, JsonFields to) throws IOException {
        to.text("type", "disrupted").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line())
            .number("disruption", e.disruption()).text("words", e.words()).micros("lastingMicros", e.lasting());
        var unattended = e.unattended();
        if (unattended == null) return;
        to.text("unattended", unattended.way().name().toLowerCase(Locale.ROOT));
        if (unattended.way() == Way.ENDS) to.micros("endsMicros", unattended.after());
    }

    static void write(Entry.Healed e, JsonFields to) throws IOException {
        to.text("type", "healed").text("at", e.at()).text("scenario", e.scenario()).number("disruption", e.disruption())
            .micros("enforcedMicros", e.enforced()).text("problem", e.problem());
        var struck = e.struck();
        if (struck != null) to.text("struckAt", struck.from()).micros("struckMicros", Duration.between(struck.from(), struck.until()));
    }

    static Entry.Disrupted disrupted(Json json) {
        return new Entry.Disrupted(json.instant("at"), json.text("scenario"), json.number("line"), json.number("disruption"),
            json.text("words"), json.micros("lastingMicros"), unattended(json));
    }

    private static @Nullable Unattended unattended(Json json) {
        var way = json.textOrNull("unattended");
        if (way == null) return null;
        return new Unattended(Way.valueOf(way.toUpperCase(Locale.ROOT)),
            Objects.requireNonNullElse(json.microsOrNull("endsMicros"), Duration.ZERO));
    }

    static Entry.Healed healed(Json json) {
        return new Entry.Healed(json.instant("at"), json.text("scenario"), json.number("disruption"),
            json.microsOrNull("enforcedMicros"), json.textOrNull("problem"), struck(json));
    }

    private static Disruption.@Nullable Struck struck(Json json) {
        var lasted = json.microsOrNull("struckMicros");
        if (lasted == null) return null;
        var from = json.instant("struckAt");
        return new Disruption.Struck(from, from.plus(lasted));
    }
}

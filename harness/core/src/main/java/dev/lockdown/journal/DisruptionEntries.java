package dev.lockdown.journal;

import java.io.IOException;

/// Writes and reads what is known of disruptions.
final class DisruptionEntries {
    private DisruptionEntries() {}

    static void write(Entry.Disrupted e, JsonFields to) throws IOException {
        to.text("type", "disrupted").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line())
            .number("disruption", e.disruption()).text("words", e.words()).micros("lastingMicros", e.lasting());
    }

    static void write(Entry.Healed e, JsonFields to) throws IOException {
        to.text("type", "healed").text("at", e.at()).text("scenario", e.scenario()).number("disruption", e.disruption())
            .micros("enforcedMicros", e.enforced()).text("problem", e.problem());
    }

    static Entry.Disrupted disrupted(Json json) {
        return new Entry.Disrupted(json.instant("at"), json.text("scenario"), json.number("line"), json.number("disruption"),
            json.text("words"), json.micros("lastingMicros"));
    }

    static Entry.Healed healed(Json json) {
        return new Entry.Healed(json.instant("at"), json.text("scenario"), json.number("disruption"),
            json.microsOrNull("enforcedMicros"), json.textOrNull("problem"));
    }
}

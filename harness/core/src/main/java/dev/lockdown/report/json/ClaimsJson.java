package dev.lockdown.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.journal.Entry;
import java.io.IOException;

/// The part of `windows.json` about what steps say of watched flows, with what was asked beside what was measured.
record ClaimsJson(JsonGenerator json) {

    void write(Entry.Measured measured) throws IOException {
        var verdict = measured.verdict();
        var claim = verdict.claim();
        json.writeStartObject();
        json.writeStringField("scenario", measured.scenario());
        json.writeNumberField("line", measured.line());
        WindowsJson.flow(measured.flow(), json);
        json.writeStringField("claim", word(claim));
        json.writeNumberField("boundMs", WindowsJson.millis(claim.bound().toNanos() / 1000));
        if (claim.times().of() > 1) {
            json.writeNumberField("needed", claim.times().needed());
            json.writeNumberField("of", claim.times().of());
        }
        json.writeBooleanField("outsideDisruptions", claim.isOutside());
        json.writeStringField("ruling", WindowsJson.word(verdict.ruling()));
        measured(verdict);
        WindowsJson.text("doubt", verdict.doubt() == null ? null : WindowsJson.word(verdict.doubt()), json);
        WindowsJson.text("leftOpen", verdict.leftOpen(), json);
        json.writeEndObject();
    }

    private void measured(TimeVerdict verdict) throws IOException {
        var window = verdict.window();
        if (window == null) {
            json.writeNullField("measuredMs");
            json.writeNullField("errorMs");
        } else {
            json.writeNumberField("measuredMs", WindowsJson.millis(window.mostMicros()));
            json.writeNumberField("errorMs", WindowsJson.millis(window.mostMicros() - window.leastMicros()));
        }
    }

    private static String word(TimeClaim claim) {
        return switch (claim) {
            case TimeClaim.CutOff _ -> "cut-off";
            case TimeClaim.Back _ -> "back";
            case TimeClaim.NeverOpen _ -> "never-open";
            case TimeClaim.NeverShut _ -> "never-shut";
        };
    }
}

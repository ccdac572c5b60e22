package dev.lockdown.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.report.WindowGroup;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The part of `windows.json` about windows that came time after time.
record DistributionsJson(JsonGenerator json) {

    void write(WindowGroup group) throws IOException {
        var distribution = group.distribution();
        json.writeStartObject();
        json.writeStringField("scenario", group.place());
        WindowsJson.flow(group.flow(), json);
        json.writeStringField("cause", group.cause());
        json.writeStringField("kind", WindowsJson.word(group.kind()));
        if (group.asked() != null) asked(group, group.asked());
        json.writeNumberField("repetitions", group.repetitions());
        json.writeNumberField("ended", distribution.ended());
        json.writeNumberField("notEnded", distribution.unended());
        millis("leastMs", distribution.least());
        millis("medianMs", distribution.median());
        millis("mostMs", distribution.most());
        millis("p95Ms", distribution.p95());
        millis("p99Ms", distribution.p99());
        json.writeNumberField("errorMs", WindowsJson.millis(group.errorMicros()));
        proven(group);
        json.writeEndObject();
    }

    private void asked(WindowGroup group, TimeClaim claim) throws IOException {
        json.writeObjectFieldStart("asked");
        json.writeNumberField("line", group.line());
        millis("withinMs", claim.bound());
        json.writeNumberField("needed", claim.times().needed());
        json.writeNumberField("of", claim.times().of());
        json.writeEndObject();
    }

    private void proven(WindowGroup group) throws IOException {
        var proven = group.proven();
        if (proven == null) {
            json.writeNullField("proves");
            return;
        }
        json.writeObjectFieldStart("proves");
        millis("withinMs", proven.within());
        json.writeNumberField("inTime", proven.inTime());
        json.writeNumberField("of", proven.of());
        // Down, so that no more is said than is proven.
        json.writeNumberField("atLeastPercent", Math.floor(proven.atLeast() * 1000) / 10);
        json.writeNumberField("confidencePercent", 95);
        json.writeEndObject();
    }

    private void millis(String field, @Nullable Duration time) throws IOException {
        if (time == null) json.writeNullField(field);
        else json.writeNumberField(field, WindowsJson.millis(time.toNanos() / 1000));
    }
}

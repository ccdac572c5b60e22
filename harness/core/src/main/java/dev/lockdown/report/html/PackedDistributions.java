package dev.lockdown.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.chaos.Curve;
import dev.lockdown.chaos.TimeWording;
import dev.lockdown.report.WindowGroup;
import dev.lockdown.verdict.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Packs windows that came time after time, for the page to plot; times in microseconds:
///
/// ```
/// {"flow": TEXT, "told": TEXT, "place": TEXT, "asked": TEXT, "bound": …, "median": …, "p95": TEXT, "p99": TEXT, "points": [[length, ended ‰, 1 if it ended then]…]}
/// ```
record PackedDistributions(JsonGenerator json, Texts texts) {
    /// More points than a plot shows apart.
    private static final int MOST = 400;

    void write(WindowGroup group) throws IOException {
        var distribution = group.distribution();
        json.writeStartObject();
        json.writeNumberField("place", texts.of(group.place()));
        json.writeNumberField("flow", texts.of(group.flow().toString()));
        json.writeNumberField("told",
            texts.of(TimeWording.of(group.kind(), group.cause(), group.repetitions(), distribution, group.proven())));
        var asked = group.asked();
        if (asked != null) {
            json.writeNumberField("bound", asked.bound().toNanos() / 1000);
            json.writeNumberField("asked", texts.of("asked in line %s: within %s, %s of %s times".formatted(Integer.toString(group.line()),
                Figures.duration(asked.bound()), Integer.toString(asked.times().needed()), Integer.toString(asked.times().of()))));
        }
        micros("median", distribution.median());
        micros("p95", distribution.p95());
        micros("p99", distribution.p99());
        json.writeArrayFieldStart("points");
        for (var point : thinned(group.curve()))
            json.writeArray(new long[] {point.length().toNanos() / 1000, Math.round(point.ended() * 1000), point.last() ? 1 : 0}, 0, 3);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void micros(String field, @Nullable Duration time) throws IOException {
        if (time != null) json.writeNumberField(field, time.toNanos() / 1000);
    }

    /// Evenly, the first and the last among them.
    static List<Curve.Point> thinned(List<Curve.Point> points) {
        if (points.size() <= MOST) return points;
        var some = new ArrayList<Curve.Point>();
        for (int i = 0; i < MOST; i++) some.add(points.get((int) ((long) i * (points.size() - 1) / (MOST - 1))));
        return some;
    }
}

package dev.lockdown.journal;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.chaos.Window;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.WatchedFlow;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Writes what is known of watched flows. [WatchReader] is its mirror.
record WatchWriter(JsonFields to) {

    void write(Entry entry) throws IOException {
        switch (entry) {
            case Entry.Watched e -> to.text("type", "watched").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line())
                .number("watch", e.watch()).micros("intervalMicros", e.interval())
                .objects("flows", e.flows(), (flow, j) -> watched(flow, new JsonFields(j))).micros("errorMicros", e.error());
            case Entry.Sampled e -> {
                to.text("type", "sampled").text("scenario", e.scenario()).number("watch", e.watch()).number("flow", e.flow());
                runs(e.runs());
            }
            case Entry.WatchTally e -> to.text("type", "watch-tally").text("at", e.at()).text("scenario", e.scenario())
                .number("watch", e.watch()).number("samples", e.samples()).number("windows", e.windows())
                .number("missedTicks", e.missedTicks());
            case Entry.WatchEnded e -> to.text("type", "watch-ended").text("at", e.at()).text("scenario", e.scenario())
                .number("watch", e.watch()).number("missedTicks", e.missedTicks()).micros("errorMicros", e.error());
            case Entry.Measured e -> {
                to.text("type", "measured").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line())
                    .number("watch", e.watch());
                to.json().writeObjectFieldStart("flow");
                watched(e.flow(), to);
                to.json().writeEndObject();
                to.number("until", e.untilMicros()).micros("errorMicros", e.error());
                verdict(e.verdict());
            }
            default -> throw new IllegalArgumentException("no entry of a watch: " + entry);
        }
    }

    private static void watched(WatchedFlow watched, JsonFields to) throws IOException {
        flow(watched.flow(), to);
        switch (watched) {
            case Flow _ -> {}
            case WatchedFlow.Http _ -> to.text("asks", "HTTP");
            case WatchedFlow.Lookup(_, var name) -> to.text("asks", "DNS").text("name", name);
        }
    }

    static void flow(Flow flow, JsonFields to) throws IOException {
        to.text("from", flow.source()).text("to", flow.destination()).text("port", flow.port()).text("family", flow.family());
    }

    /// `"runs": [[start, length, count, seen]…]`, each start counted from the end of the run before.
    private void runs(List<SampleRun> runs) throws IOException {
        to.json().writeArrayFieldStart("runs");
        long before = 0;
        for (var run : runs) {
            to.json().writeStartArray();
            to.json().writeNumber(run.firstMicros() - before);
            to.json().writeNumber(run.lastMicros() - run.firstMicros());
            to.json().writeNumber(run.count());
            to.json().writeString(word(run.seen()));
            to.json().writeEndArray();
            before = run.lastMicros();
        }
        to.json().writeEndArray();
    }

    private void verdict(TimeVerdict verdict) throws IOException {
        var claim = switch (verdict.claim()) {
            case TimeClaim.CutOff _ -> "cut-off";
            case TimeClaim.Back _ -> "back";
            case TimeClaim.NeverOpen _ -> "never-open";
            case TimeClaim.NeverShut _ -> "never-shut";
        };
        to.text("claim", claim).micros("boundMicros", verdict.claim().bound()).text("ruling", word(verdict.ruling()));
        var times = verdict.claim().times();
        if (times.of() > 1) to.number("needed", times.needed()).number("of", times.of());
        if (verdict.claim().isOutside()) to.flag("outside", true);
        if (verdict.leftOpen() != null) to.text("leftOpen", verdict.leftOpen());
        if (verdict.doubt() != null) to.text("doubt", word(verdict.doubt()));
        var window = verdict.window();
        if (window != null) {
            to.json().writeObjectFieldStart("window");
            window(window, to);
            to.json().writeEndObject();
        }
        if (!verdict.turns().isEmpty()) to.objects("turns", verdict.turns(), (turn, j) -> window(turn, new JsonFields(j)));
    }

    private static void window(Window window, JsonFields to) throws IOException {
        to.text("kind", word(window.kind()));
        var cause = window.cause();
        if (cause != null)
            to.text("cause", cause.words()).number("sent", cause.sentMicros()).number("answered", cause.answeredMicros())
                .number("error", cause.errorMicros());
        to.number("began", window.beganMicros()).number("least", window.leastMicros()).number("most", window.mostMicros());
        if (window.censored() != null) to.text("censored", word(window.censored()));
        to.number("samples", window.samples());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

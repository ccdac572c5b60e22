package dev.lockdown.journal;

import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.flow.Flow;
import java.io.IOException;

/// Writes what is known of held connections. [HeldReader] is its mirror.
record HeldWriter(JsonFields to) {

    void write(Entry.OfHeld entry) throws IOException {
        switch (entry) {
            case Entry.Held e -> {
                to.text("type", "held").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line()).number("held", e.held())
                    .micros("intervalMicros", e.interval());
                flow(e.flow());
            }
            case Entry.Beats e -> {
                to.text("type", "beats").text("scenario", e.scenario()).number("held", e.held());
                run(e.run());
            }
            case Entry.HeldEnded e -> to.text("type", "held-ended").text("at", e.at()).text("scenario", e.scenario())
                .number("held", e.held()).number("missedBeats", e.missedBeats());
            case Entry.FateMeasured e -> {
                to.text("type", "fate-measured").text("at", e.at()).text("scenario", e.scenario()).number("line", e.line())
                    .number("held", e.held());
                flow(e.flow());
                to.number("there", e.thereMicros()).number("back", e.backMicros());
                verdict(e.verdict());
            }
        }
    }

    private void flow(Flow flow) throws IOException {
        to.json().writeObjectFieldStart("flow");
        WatchWriter.flow(flow, to);
        to.json().writeEndObject();
    }

    private void run(BeatRun run) throws IOException {
        to.text("way", WatchWriter.word(run.way())).number("first", run.firstMicros()).number("last", run.lastMicros())
            .number("count", run.count()).text("beat", WatchWriter.word(run.beat()));
        if (run.slowestMicros() > 0) to.number("slowest", run.slowestMicros());
    }

    private void verdict(FateVerdict verdict) throws IOException {
        to.text("claim", WatchWriter.word(verdict.claim())).text("ruling", WatchWriter.word(verdict.ruling()));
        if (verdict.doubt() != null) to.text("doubt", WatchWriter.word(verdict.doubt()));
        var cause = verdict.cause();
        if (cause != null)
            to.text("cause", cause.words()).number("sent", cause.sentMicros()).number("answered", cause.answeredMicros());
        var losses = verdict.losses();
        to.number("lostThere", losses.there()).number("lostBack", losses.back()).number("slowest", losses.slowestMicros());
        if (verdict.fate() != null) fate(verdict.fate());
    }

    private void fate(Fate fate) throws IOException {
        to.json().writeObjectFieldStart("fate");
        switch (fate) {
            case Fate.Survives(long back) -> to.text("is", "survives").number("after", back);
            case Fate.Reset(long after) -> to.text("is", "reset").number("after", after);
            case Fate.Silent(long after) -> to.text("is", "silent").number("after", after);
            case Fate.OneWay(var going, long after) -> to.text("is", "one-way").text("going", WatchWriter.word(going))
                .number("after", after);
        }
        to.json().writeEndObject();
    }
}

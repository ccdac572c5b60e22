package dev.lockdown.report;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.Strip;
import dev.lockdown.chaos.TimeJudge;
import dev.lockdown.journal.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Gathers the samples of one watch.
final class WatchBuilder {
    private final Entry.Watched watched;
    /// Of each flow, as they were written: a verdict is of those that had been by then.
    private final List<List<SampleRun>> written = new ArrayList<>();
    private long missedTicks;
    private Duration error;

    WatchBuilder(Entry.Watched watched) {
        this.watched = watched;
        error = watched.error();
        watched.flows().forEach(_ -> written.add(new ArrayList<>()));
    }

    int number() {
        return watched.watch();
    }

    void add(Entry.Sampled sampled) {
        if (sampled.flow() < 0 || sampled.flow() >= written.size())
            throw new IllegalArgumentException("watch %s has no flow %s".formatted(watched.watch(), Integer.toString(sampled.flow())));
        written.get(sampled.flow()).addAll(sampled.runs());
    }

    /// What is known where its end is not.
    void tally(Entry.WatchTally entry) {
        missedTicks = entry.missedTicks();
    }

    void ended(Entry.WatchEnded entry) {
        missedTicks = entry.missedTicks();
        error = entry.error();
    }

    WatchRun watch() {
        return new WatchRun(watched, written.stream().map(runs -> merged(runs, Long.MAX_VALUE)).toList(), missedTicks, error);
    }

    /// Judge again what was measured, from the samples that were known then.
    ///
    /// @param changes that were made before
    /// @param disruptions of the scenario
    Entry.Measured again(Entry.Measured measured, List<Entry.Applied> changes, List<DisruptionRun> disruptions) {
        int flow = watched.flows().indexOf(measured.flow());
        if (flow < 0) return measured;
        var runs = merged(written.get(flow), measured.untilMicros());
        var verdict =
            TimeJudge.judge(measured.verdict().claim(), runs, WatchRun.causes(watched, changes, measured.error()), measured.untilMicros(),
                WatchRun.disrupted(watched, disruptions)).leftOpen(measured.verdict().leftOpen());
        return new Entry.Measured(measured.at(), measured.scenario(), measured.line(), measured.watch(), measured.flow(),
            measured.untilMicros(), measured.error(), verdict);
    }

    private static List<SampleRun> merged(List<SampleRun> written, long until) {
        var strip = new Strip();
        written.stream().filter(run -> run.lastMicros() <= until).forEach(strip::add);
        return strip.runs();
    }
}

package dev.lockdown.report;

import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.FateJudge;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.flow.Way;
import dev.lockdown.journal.Entry;
import java.util.ArrayList;
import java.util.List;

/// Gathers the beats of one held connection.
final class HeldBuilder {
    private final Entry.Held held;
    private final List<BeatRun> beats = new ArrayList<>();
    private long missedBeats;

    HeldBuilder(Entry.Held held) {
        this.held = held;
    }

    int number() {
        return held.held();
    }

    void add(Entry.Beats entry) {
        beats.add(entry.run());
    }

    void ended(Entry.HeldEnded entry) {
        missedBeats = entry.missedBeats();
    }

    HeldRun run() {
        return new HeldRun(held, beats, missedBeats);
    }

    /// Judge once more, by the beats that were known then.
    FateVerdict again(Entry.FateMeasured recorded) {
        var known = beats.stream().filter(b -> b.lastMicros() <= (b.way() == Way.THERE ? recorded.thereMicros() : recorded.backMicros()))
            .toList();
        return FateJudge.judge(recorded.verdict().claim(), known, held.interval(), recorded.verdict().cause());
    }
}

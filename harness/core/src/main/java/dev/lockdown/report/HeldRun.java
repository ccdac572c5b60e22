package dev.lockdown.report;

import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.FateJudge;
import dev.lockdown.chaos.FateVerdict.Losses;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A connection as it was held.
///
/// @param beats of both directions, those of each in their order
/// @param missedBeats of each direction that were due and not sent
public record HeldRun(Entry.Held held, List<BeatRun> beats, long missedBeats) {
    public HeldRun {
        beats = List.copyOf(beats);
    }

    /// What a change did to it.
    ///
    /// @param losses from the change until the next one
    public record Met(Cause cause, Fate fate, Losses losses) {}

    /// What became of it after each change, as far as its beats tell.
    ///
    /// @param applied all changes of the scenario, in their order
    public List<Met> fates(List<Entry.Applied> applied) {
        var causes = causes(applied);
        var fates = new ArrayList<Met>();
        for (int i = 0; i < causes.size(); i++) {
            long end = i + 1 < causes.size() ? causes.get(i + 1).sentMicros() : Long.MAX_VALUE;
            var cause = causes.get(i);
            var fate = FateJudge.fate(beats, held.interval(), cause, end);
            if (fate != null) fates.add(new Met(cause, fate, FateJudge.losses(beats, cause.sentMicros(), end)));
        }
        return fates;
    }

    /// The changes that were made while it was held.
    public List<Cause> causes(List<Entry.Applied> applied) {
        return applied.stream().filter(a -> a.line() != 0).map(this::cause).filter(c -> c.answeredMicros() >= 0).toList();
    }

    private Cause cause(Entry.Applied applied) {
        return new Cause(applied.edits().stream().map(Edit::toString).collect(Collectors.joining(", ")), micros(applied.sent()),
            micros(applied.answered()));
    }

    private long micros(Instant at) {
        // As the journal writes them, so that its reader gets the same.
        return ChronoUnit.MICROS.between(held.at().truncatedTo(ChronoUnit.MICROS), at.truncatedTo(ChronoUnit.MICROS));
    }
}

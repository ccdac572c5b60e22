package dev.lockdown.chaos;

import dev.lockdown.chaos.TimeVerdict.Doubt;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import java.util.Comparator;
import java.util.List;

/// Judges a claim of several turns: so many of the last ones were in time. Pure.
final class RepeatedTurns {
    private RepeatedTurns() {}

    /// @param causes all changes since the watch began, in the order in which they were sent
    static TimeVerdict judge(TimeClaim claim, List<SampleRun> runs, List<Cause> causes) {
        var kind = claim instanceof TimeClaim.CutOff ? Window.Kind.CUT_OFF : Window.Kind.BACK;
        var all = Windows.of(runs, causes).stream().filter(w -> w.kind() == kind).toList();
        var times = claim.times();
        var turns = all.subList(Math.max(0, all.size() - times.of()), all.size());
        long late = turns.stream().filter(w -> TimeJudge.within(claim, w).ruling() == Ruling.FAILS).count();
        long timely = turns.stream().filter(w -> TimeJudge.within(claim, w).ruling() == Ruling.HOLDS).count();
        var worst = turns.stream().max(Comparator.comparingLong(Window::mostMicros)).orElse(null);
        if (late > times.of() - times.needed()) return new TimeVerdict(claim, Ruling.FAILS, worst, null, turns);
        if (turns.size() < times.of()) return new TimeVerdict(claim, Ruling.INCONCLUSIVE, worst, Doubt.TOO_FEW, turns);
        if (timely >= times.needed()) return new TimeVerdict(claim, Ruling.HOLDS, worst, null, turns);
        return new TimeVerdict(claim, Ruling.INCONCLUSIVE, worst, Doubt.BETWEEN_SAMPLES, turns);
    }
}

package dev.lockdown.chaos;

import dev.lockdown.chaos.FateVerdict.Doubt;
import dev.lockdown.chaos.FateVerdict.Losses;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Way;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges by its beats what became of a held connection. Pure: the same beats give the same fate.
public final class FateJudge {
    /// So long must beats go on for a connection to have survived.
    private static final Duration LASTING = Duration.ofMillis(500);
    /// So long must nothing arrive for a direction to be dead. A kernel that has lost a segment sends it again after 0.2 s, then 0.6 s.
    private static final Duration SILENCE = Duration.ofSeconds(1);
    /// Fewer beats lost in a row are losses, and no silence.
    private static final int STEADY = 3;

    private final OneDirection there;
    private final OneDirection back;
    private final Cause cause;
    private final long lasting;
    private final long silence;

    private FateJudge(List<BeatRun> beats, Duration interval, Cause cause, long end) {
        this.cause = cause;
        this.lasting = micros(LASTING, interval);
        this.silence = micros(SILENCE, interval);
        this.there = OneDirection.of(beats, Way.THERE, cause.sentMicros(), end, silence);
        this.back = OneDirection.of(beats, Way.BACK, cause.sentMicros(), end, silence);
    }

    private static long micros(Duration least, Duration interval) {
        return Math.max(least.toNanos(), interval.multipliedBy(STEADY + 1).toNanos()) / 1000;
    }

    /// What a claim comes to.
    ///
    /// @param beats of both directions, those of each in their order
    /// @param cause the last change, or null where there was none
    public static FateVerdict judge(FateClaim claim, List<BeatRun> beats, Duration interval, @Nullable Cause cause) {
        if (claim == FateClaim.LOSES_NOTHING) return nothingLost(beats);
        return judgeKnown(claim, known(beats), interval, cause);
    }

    private static FateVerdict judgeKnown(FateClaim claim, List<BeatRun> beats, Duration interval, @Nullable Cause cause) {
        if (!hasWorked(beats)) return doubtful(claim, cause, Losses.NONE, Doubt.NEVER_WORKED);
        if (cause == null) return doubtful(claim, null, Losses.NONE, Doubt.NO_CHANGE);
        var judge = new FateJudge(beats, interval, cause, Long.MAX_VALUE);
        var losses = losses(beats, cause.sentMicros(), Long.MAX_VALUE);
        var fate = judge.fate();
        if (fate == null) return doubtful(claim, cause, losses, judge.wasAlive() ? Doubt.UNDECIDED : Doubt.LOST_BEFORE);
        return new FateVerdict(claim, fits(claim, fate) ? Ruling.HOLDS : Ruling.FAILS, fate, cause, losses, null);
    }

    /// What became of a connection between a change and the next one, or null where that is not known.
    ///
    /// @param end when the next change was sent
    public static @Nullable Fate fate(List<BeatRun> beats, Duration interval, Cause cause, long end) {
        var known = known(beats);
        return hasWorked(known) ? new FateJudge(known, interval, cause, end).fate() : null;
    }

    private static List<BeatRun> known(List<BeatRun> beats) {
        return beats.stream().filter(b -> b.beat() != Beat.UNKNOWN).toList();
    }

    private static FateVerdict doubtful(FateClaim claim, @Nullable Cause cause, Losses losses, Doubt doubt) {
        return new FateVerdict(claim, Ruling.INCONCLUSIVE, null, cause, losses, doubt);
    }

    private static boolean fits(FateClaim claim, Fate fate) {
        return switch (fate) {
            case Fate.Survives _ -> claim == FateClaim.SURVIVES;
            case Fate.Reset _ -> claim == FateClaim.IS_RESET;
            case Fate.Silent _ -> claim == FateClaim.GOES_SILENT;
            case Fate.OneWay(var going, _) -> claim == FateClaim.REPLIES_ONLY && going == Way.BACK;
        };
    }

    private static FateVerdict nothingLost(List<BeatRun> beats) {
        if (!hasWorked(beats)) return doubtful(FateClaim.LOSES_NOTHING, null, Losses.NONE, Doubt.NEVER_WORKED);
        var losses = losses(beats, Long.MIN_VALUE, Long.MAX_VALUE);
        if (losses.isNone() && known(beats).size() < beats.size())
            return doubtful(FateClaim.LOSES_NOTHING, null, losses, Doubt.UNDECIDED);
        return new FateVerdict(FateClaim.LOSES_NOTHING, losses.isNone() ? Ruling.HOLDS : Ruling.FAILS, null, null, losses, null);
    }

    private static boolean hasWorked(List<BeatRun> beats) {
        for (var way : Way.values())
            if (beats.stream().noneMatch(b -> b.way() == way && b.beat().hasArrived())) return false;
        return true;
    }

    /// What was lost in a time. Of runs that reach into it a part counts, since beats are sent evenly.
    public static Losses losses(List<BeatRun> beats, long sinceMicros, long untilMicros) {
        var after = known(beats).stream().filter(b -> b.lastMicros() >= sinceMicros && b.firstMicros() < untilMicros).toList();
        return new Losses(missing(after, Way.THERE, sinceMicros, untilMicros), missing(after, Way.BACK, sinceMicros, untilMicros),
            after.stream().mapToLong(BeatRun::slowestMicros).max().orElse(0));
    }

    private static long missing(List<BeatRun> beats, Way way, long since, long until) {
        return beats.stream().filter(b -> b.way() == way && !b.beat().hasArrived())
            .mapToLong(b -> countBefore(b, until) - countBefore(b, since)).sum();
    }

    private static long countBefore(BeatRun run, long time) {
        if (run.lastMicros() < time) return run.count();
        if (run.firstMicros() >= time) return 0;
        return run.count() * (time - run.firstMicros()) / (run.lastMicros() - run.firstMicros() + 1);
    }

    private boolean wasAlive() {
        return there.aliveBefore && back.aliveBefore;
    }

    private @Nullable Fate fate() {
        long sent = cause.sentMicros();
        if (!wasAlive()) return goesOn() ? new Fate.Survives(Math.max(there.firstArrival, back.firstArrival) - sent) : null;
        long refused = Math.min(there.refused, back.refused);
        if (refused != Long.MAX_VALUE) return new Fate.Reset(refused - sent);
        if (there.isDead(silence) && back.isDead(silence))
            return new Fate.Silent(Math.max(0, Math.max(there.lastArrival, back.lastArrival) - sent));
        if (there.isDead(silence) && goesOn(back)) return new Fate.OneWay(Way.BACK, Math.max(0, there.lastArrival - sent));
        if (back.isDead(silence) && goesOn(there)) return new Fate.OneWay(Way.THERE, Math.max(0, back.lastArrival - sent));
        return goesOn() ? new Fate.Survives(Math.max(sent, Math.max(there.revived, back.revived)) - sent) : null;
    }

    private boolean goesOn() {
        return goesOn(there) && goesOn(back);
    }

    /// Whether beats of a direction were seen to arrive for so long after the change; that none was lost is not enough.
    private boolean goesOn(OneDirection direction) {
        return direction.isGoing() && direction.lastArrival >= cause.sentMicros() + lasting;
    }

    /// The beats of one direction around a change. What arrived late counts from when it did: a stream that was held up brings at once what
    /// was sent before the change that let it go on.
    ///
    /// @param aliveBefore whether the last ones before it arrived
    /// @param firstArrival after it, or the largest number
    /// @param lastArrival before its end, or the least number
    /// @param lastSent before its end
    /// @param lostAtEnd how many in a row at the end
    /// @param refused when one was refused and none arrived any more, or the largest number
    /// @param revived when the last silence in between ended, or the least number
    private record OneDirection(boolean aliveBefore, long firstArrival, long lastArrival, long lastSent, long lostAtEnd, long refused,
            long revived) {

        static OneDirection of(List<BeatRun> beats, Way way, long from, long end, long silence) {
            var own = beats.stream().filter(b -> b.way() == way && b.firstMicros() < end).toList();
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            long lost = 0;
            long refused = Long.MAX_VALUE;
            long revived = Long.MIN_VALUE;
            for (var run : own) {
                if (arrivedBefore(run, end)) {
                    long again = arrival(run, run.firstMicros());
                    if (lost >= STEADY && again >= from && last != Long.MIN_VALUE && again - last >= silence) revived = again;
                    last = Math.max(last, Math.min(arrival(run, run.lastMicros()), end));
                    lost = 0;
                    refused = Long.MAX_VALUE;
                    if (last >= from) first = Math.min(first, Math.max(from, arrival(run, run.firstMicros())));
                } else {
                    lost += run.count();
                    if (run.beat() == Beat.REFUSED && run.lastMicros() >= from)
                        refused = Math.min(refused, Math.max(from, run.firstMicros()));
                }
            }
            long sent = own.isEmpty() ? Long.MIN_VALUE : Math.min(own.getLast().lastMicros(), end);
            return new OneDirection(aliveBefore(own, from), first, last, sent, lost, refused, revived);
        }

        private static boolean aliveBefore(List<BeatRun> own, long from) {
            boolean alive = false;
            long lost = 0;
            for (var run : own) {
                if (run.firstMicros() >= from) break;
                boolean arrived = arrivedBefore(run, from);
                alive |= arrived;
                lost = arrived ? 0 : run.beat() == Beat.REFUSED ? STEADY : lost + countBefore(run, from);
            }
            return alive && lost < STEADY;
        }

        private static boolean arrivedBefore(BeatRun run, long time) {
            return run.beat().hasArrived() && arrival(run, run.firstMicros()) < time;
        }

        /// Those that were held up came together, when the one did that had waited for the longest.
        private static long arrival(BeatRun run, long sentMicros) {
            return run.beat() == Beat.DELAYED ? run.firstMicros() + run.slowestMicros() : sentMicros;
        }

        boolean isGoing() {
            return lostAtEnd < STEADY;
        }

        boolean isDead(long silence) {
            return lostAtEnd >= STEADY && lastSent - lastArrival >= silence;
        }
    }
}

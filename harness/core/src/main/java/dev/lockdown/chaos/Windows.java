package dev.lockdown.chaos;

import dev.lockdown.chaos.Window.Censored;
import dev.lockdown.chaos.Window.Kind;
import dev.lockdown.flow.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds the windows in the samples of one flow. Pure: the same samples and changes give the same windows.
///
/// A flow counts as turned at the first of [#STEADY] samples in a row that see the new state; what flickers before is inside the window.
/// Samples that saw nothing of the network are passed over.
public final class Windows {
    /// So many samples in a row show that a flow has turned, and not merely flickered.
    public static final int STEADY = 3;

    private final List<SampleRun> runs;
    private final List<SampleRun> absent;

    private Windows(List<SampleRun> runs) {
        absent = runs.stream().filter(r -> r.seen() == Seen.ABSENT).toList();
        this.runs = runs.stream().filter(r -> r.seen().isKnown()).toList();
    }

    /// Give all windows in their order.
    ///
    /// @param runs of one flow
    /// @param causes in the order in which they were sent
    public static List<Window> of(List<SampleRun> runs, List<Cause> causes) {
        var windows = new Windows(runs);
        var all = new ArrayList<Window>();
        if (windows.runs.isEmpty()) return all;
        long begin = Long.MIN_VALUE;
        Cause cause = null;
        for (int i = 0; i <= causes.size(); i++) {
            long end = i < causes.size() ? causes.get(i).sentMicros() : Long.MAX_VALUE;
            windows.between(begin, end, cause, all);
            if (i < causes.size()) cause = causes.get(i);
            begin = end;
        }
        return all;
    }

    /// The turn that the last of the causes brought, or null where the flow was before it what it was to become, or was not sampled before.
    ///
    /// @param shut whether it is to shut
    /// @param until so far samples are known, since the watch began
    public static @Nullable Window turn(List<SampleRun> runs, Cause cause, boolean shut, long until) {
        var windows = new Windows(runs);
        var before = windows.before(cause.sentMicros() - cause.errorMicros());
        if (before == null || before.seen().isShut() == shut) return null;
        // What was sampled last may say nothing.
        long known = Math.min(until, windows.runs.getLast().lastMicros());
        return widened(windows.turn(cause, shut, cause.sentMicros(), known), cause);
    }

    /// Every time that the flow was in one state, with what is known of how long.
    public static List<Window> stretches(List<SampleRun> runs, boolean shut) {
        var windows = new Windows(runs);
        return windows.stretches(shut, Long.MIN_VALUE, Long.MAX_VALUE, null);
    }

    /// Every time of which no sample says anything, from the one known before it until the one known after it.
    ///
    /// @param absent whether a time in which one of the ends was not there is such a time
    static List<Window> unsampled(List<SampleRun> runs, boolean absent) {
        var all = new ArrayList<Window>();
        for (int i = 0; i < runs.size(); i++) {
            var seen = runs.get(i).seen();
            if (seen.isKnown() || seen == Seen.ABSENT && !absent) continue;
            long began = i == 0 ? runs.get(i).firstMicros() : runs.get(i - 1).lastMicros();
            long ended = i == runs.size() - 1 ? runs.get(i).lastMicros() : runs.get(i + 1).firstMicros();
            all.add(new Window(Kind.UNSAMPLED, null, began, ended - began, ended - began, null, runs.get(i).count()));
        }
        return all;
    }

    private void between(long begin, long end, @Nullable Cause cause, List<Window> all) {
        var here = clipped(begin, end);
        if (here.isEmpty()) return;
        var before = cause == null ? null : before(begin - cause.errorMicros());
        boolean last = here.getLast().seen().isShut();
        long ends = here.getLast().lastMicros();
        if (cause == null || before == null || before.seen().isShut() == last) {
            // What ends as it began shows only what was otherwise in between.
            all.addAll(stretches(!last, begin, end, cause));
            return;
        }
        var turn = turn(cause, last, begin, ends);
        all.add(widened(turn, cause));
        if (turn.censored() == null) all.addAll(stretches(!last, begin + turn.mostMicros(), end, cause));
    }

    /// By what is not known of when the cause was, on the clock of the samples.
    private static Window widened(Window turn, Cause cause) {
        long error = cause.errorMicros();
        return new Window(turn.kind(), cause, turn.beganMicros(), Math.max(0, turn.leastMicros() - error),
            turn.censored() == null ? turn.mostMicros() + error : Math.max(0, turn.mostMicros() - error), turn.censored(),
            turn.samples());
    }

    private Window turn(Cause cause, boolean shut, long begin, long until) {
        var kind = shut ? Kind.CUT_OFF : Kind.BACK;
        long lastOther = begin;
        int samples = 0;
        int row = 0;
        long rowBegan = 0;
        for (var run : clipped(begin - cause.errorMicros(), until)) {
            if (run.seen().isShut() == shut) {
                if (row == 0) rowBegan = run.firstMicros();
                row += run.count();
                if (row >= STEADY)
                    return new Window(kind, cause, begin, Math.max(0, lastOther - begin), Math.max(0, rowBegan - begin), null, samples);
            } else {
                samples += row + run.count();
                row = 0;
                lastOther = run.lastMicros();
            }
        }
        long known = Math.max(0, until - begin);
        return new Window(kind, cause, begin, known, known, Censored.RIGHT, samples + row);
    }

    private List<Window> stretches(boolean shut, long begin, long end, @Nullable Cause cause) {
        var kind = shut ? Kind.GAP : Kind.LEAK;
        var all = new ArrayList<Window>();
        var here = clipped(begin, end);
        for (int i = 0; i < here.size();) {
            if (here.get(i).seen().isShut() != shut) {
                i++;
                continue;
            }
            int first = i;
            int samples = 0;
            for (; i < here.size() && here.get(i).seen().isShut() == shut; i++) samples += here.get(i).count();
            long began = here.get(first).firstMicros();
            long least = here.get(i - 1).lastMicros() - began;
            boolean open = i == here.size();
            boolean unknownBegin = first == 0;
            long from = unknownBegin ? began : here.get(first - 1).lastMicros();
            long to = open ? here.get(i - 1).lastMicros() : here.get(i).firstMicros();
            if (!shut && !open) to = beforeAbsent(here.get(i - 1).lastMicros(), to);
            var censored = open ? Censored.RIGHT : unknownBegin ? Censored.LEFT : null;
            all.add(new Window(kind, cause, began, least, censored == null ? to - from : least, censored, samples));
        }
        return all;
    }

    /// Until when it can have been open: not where one of its ends was not there.
    private long beforeAbsent(long last, long next) {
        int first = index(absent, r -> r.firstMicros() >= last);
        return first == absent.size() ? next : Math.min(next, absent.get(first).firstMicros());
    }

    /// The last run that began before a point in time, or null.
    private @Nullable SampleRun before(long micros) {
        int after = index(runs, r -> r.firstMicros() >= micros);
        return after == 0 ? null : runs.get(after - 1);
    }

    /// The place of the first run for which something holds, which then holds for all that follow; that behind the last where it never does.
    private static int index(List<SampleRun> runs, Predicate<SampleRun> from) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (from.test(runs.get(middle))) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// What was sampled from one point in time until before another. A run that lies across is cut as if its samples were evenly apart.
    private List<SampleRun> clipped(long begin, long end) {
        var clipped = new ArrayList<SampleRun>();
        for (int i = index(runs, r -> r.lastMicros() >= begin); i < runs.size(); i++) {
            var run = runs.get(i);
            if (run.firstMicros() > end) break;
            if (run.firstMicros() >= begin && run.lastMicros() <= end) clipped.add(run);
            else clipped.add(cut(run, Math.max(begin, run.firstMicros()), Math.min(end, run.lastMicros())));
        }
        return clipped;
    }

    private static SampleRun cut(SampleRun run, long from, long to) {
        long apart = run.count() == 1 ? 1 : Math.max(1, (run.lastMicros() - run.firstMicros()) / (run.count() - 1));
        // On the grid of the samples, so that nothing is said of a time at which none was taken.
        long first = run.firstMicros() + (from - run.firstMicros() + apart - 1) / apart * apart;
        long last = run.firstMicros() + (to - run.firstMicros()) / apart * apart;
        if (first > last) return new SampleRun(from, from, 1, run.seen());
        return new SampleRun(first, last, (int) ((last - first) / apart) + 1, run.seen());
    }
}

package dev.lockdown.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Runs as the timeline draws them: `[first, last, states, count]`, the states as bits. Of more than a screen has pixels those are put
/// together that lie within one of its pixels, each with all the states that it saw: no spike vanishes, and none grows wider than a pixel.
final class DrawnRuns {
    private static final int MOST = 2000;

    private DrawnRuns() {}

    /// @param state by its place in its enum
    record Run(long first, long last, int state, long count) {}

    static <R> List<long[]> of(List<R> runs, Function<R, Run> as) {
        if (runs.isEmpty()) return List.of();
        long begin = as.apply(runs.getFirst()).first();
        long pixel = runs.size() <= MOST ? 0 : 1 + (as.apply(runs.getLast()).last() - begin) / MOST;
        var drawn = new ArrayList<long[]>();
        for (var each : runs) {
            var run = as.apply(each);
            var before = drawn.isEmpty() ? null : drawn.getLast();
            if (before != null && pixel > 0 && (before[0] - begin) / pixel == (run.last() - begin) / pixel) {
                before[1] = run.last();
                before[2] |= 1L << run.state();
                before[3] += run.count();
            } else drawn.add(new long[] {run.first(), run.last(), 1L << run.state(), run.count()});
        }
        return drawn;
    }
}

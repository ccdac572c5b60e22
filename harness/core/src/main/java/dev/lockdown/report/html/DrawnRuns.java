package dev.lockdown.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Runs as the timeline draws them: `[first, last, states, count]`, the states as bits. More runs than a screen has pixels are put together,
/// each with all the states that it saw: no spike vanishes.
final class DrawnRuns {
    private static final int MOST = 4000;

    private DrawnRuns() {}

    /// @param state by its place in its enum
    record Run(long first, long last, int state, long count) {}

    static <R> List<long[]> of(List<R> runs, Function<R, Run> as) {
        var drawn = new ArrayList<long[]>();
        int together = 1 + runs.size() / MOST;
        for (int from = 0; from < runs.size(); from += together) {
            var part = runs.subList(from, Math.min(runs.size(), from + together)).stream().map(as).toList();
            long states = part.stream().mapToLong(r -> 1L << r.state()).reduce(0, (a, b) -> a | b);
            drawn.add(new long[] {part.getFirst().first(), part.getLast().last(), states, part.stream().mapToLong(Run::count).sum()});
        }
        return drawn;
    }
}

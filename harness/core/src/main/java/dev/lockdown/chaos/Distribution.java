package dev.lockdown.chaos;

import java.time.Duration;
import java.util.List;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.jspecify.annotations.Nullable;

/// How long the same kind of window was, time after time. What had begun before the first sample is left out. What had not ended by the
/// last one counts as longer than what was seen of it (Kaplan and Meier, 1958), and is averaged nowhere.
///
/// @param ended how many windows have a length
/// @param unended how many had not ended
/// @param least of those that ended; null where there are none
/// @param median null where half of them or more had not ended
/// @param most of those that ended; null where there are none
/// @param p95 null where fewer than 59 do not tell it: the longest of fewer is below it once in 20 times and more
/// @param p99 null where there are fewer than 299, likewise
public record Distribution(int ended, int unended, @Nullable Duration least, @Nullable Duration median, @Nullable Duration most,
        @Nullable Duration p95, @Nullable Duration p99) {
    /// The chance that a bound which is said to hold does not.
    private static final double ERROR = 0.05;
    private static final int FOR_P95 = 59;
    private static final int FOR_P99 = 299;

    /// What so many windows prove of all, those to come as well: the part that is at least no longer, with a confidence of 95 %.
    ///
    /// @param within no longer than so
    /// @param inTime so many of them were, for sure
    /// @param atLeast from 0 to 1
    public record Proven(Duration within, int inTime, int of, double atLeast) {}

    /// @param windows of one flow, kind and cause
    public static Distribution of(List<Window> windows) {
        var points = Curve.of(windows);
        var ended = points.stream().filter(Curve.Point::last).map(Curve.Point::length).toList();
        int all = points.size();
        return new Distribution(ended.size(), all - ended.size(), ended.isEmpty() ? null : ended.getFirst(), Curve.quantile(points, 0.5),
            ended.isEmpty() ? null : ended.getLast(), all < FOR_P95 ? null : Curve.quantile(points, 0.95),
            all < FOR_P99 ? null : Curve.quantile(points, 0.99));
    }

    /// How many there are, ended or not.
    public int all() {
        return ended + unended;
    }

    /// What they prove of the longest that ended: what had not ended counts as longer. Null where none ended.
    public @Nullable Proven proven() {
        return most == null ? null : new Proven(most, ended, all(), atLeast(ended, all()));
    }

    /// The part of all times, those to come as well, that is at least in time with a confidence of 95 % (Clopper and Pearson, 1934).
    ///
    /// @param timely how many were in time
    /// @param of how many, at least one
    /// @return from 0 to 1
    public static double atLeast(int timely, int of) {
        if (timely == 0) return 0;
        // Its interval has two ends, of which this is one.
        return BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(of, timely, 2 * ERROR).getLowerBound();
    }
}

package dev.lockdown.chaos;

import java.time.Duration;
import java.util.ArrayList;
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

    /// @param windows of one flow, kind and cause
    public static Distribution of(List<Window> windows) {
        var known = windows.stream().filter(w -> w.censored() != Window.Censored.LEFT).toList();
        var ended = new ArrayList<>(known.stream().filter(w -> w.censored() == null).map(Window::length).sorted().toList());
        var unended = known.stream().filter(w -> w.censored() != null).map(Window::length).sorted().toList();
        int all = known.size();
        return new Distribution(ended.size(), unended.size(), ended.isEmpty() ? null : ended.getFirst(), quantile(ended, unended, 0.5),
            ended.isEmpty() ? null : ended.getLast(), all < FOR_P95 ? null : quantile(ended, unended, 0.95),
            all < FOR_P99 ? null : quantile(ended, unended, 0.99));
    }

    /// The shortest length by which so large a part of all had ended, or null where none is known.
    ///
    /// @param ended in order
    /// @param unended in order
    private static @Nullable Duration quantile(List<Duration> ended, List<Duration> unended, double part) {
        double going = 1;
        int count = ended.size() + unended.size();
        for (int i = 0; i < ended.size(); i++) {
            var length = ended.get(i);
            long gone = unended.stream().filter(u -> u.compareTo(length) < 0).count();
            going *= 1 - 1.0 / (count - i - gone);
            // Sums of fractions are a little beside what they would be.
            if (going <= 1 - part + 1e-9) return length;
        }
        return null;
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

package dev.lockdown.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/// Whether times have changed: the rank test of Mann and Whitney, which asks nothing of how they are distributed, with what Holm's method
/// makes of its p where many are compared at once.
///
/// Significant is not yet worth telling: of thousands of samples the smallest drift is. A change is told where the medians differ by
/// half and by a millisecond, too.
final class RankTest {
    /// Of all comparisons of two runs together: one in a thousand pairs of equal runs is told apart.
    private static final double ALPHA = 0.001;
    private static final double RATIO = 1.5;
    private static final long LEAST_MICROS = 1000;
    /// Of fewer no p comes near.
    static final int LEAST = 5;

    private RankTest() {}

    /// Two samples of the same thing.
    record Pair(List<Long> before, List<Long> after) {
        boolean isEnough() {
            return before.size() >= LEAST && after.size() >= LEAST;
        }

        long medianBefore() {
            return median(before);
        }

        long medianAfter() {
            return median(after);
        }

        private static long median(List<Long> values) {
            return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElse(0L);
        }

        private double p() {
            return MannWhitneyUTest.withDefaults().test(doubles(before), doubles(after)).getPValue();
        }

        private boolean isWorthTelling() {
            long less = Math.min(medianBefore(), medianAfter());
            long more = Math.max(medianBefore(), medianAfter());
            return more - less >= LEAST_MICROS && more >= RATIO * less;
        }
    }

    /// @param pairs all that are compared, those with too few values included
    /// @return for each of them its p, corrected for their number; 1 where it is not told
    static List<Double> changed(List<Pair> pairs) {
        var p = pairs.stream().mapToDouble(pair -> pair.isEnough() ? pair.p() : 1).toArray();
        var order = IntStream.range(0, p.length).filter(i -> pairs.get(i).isEnough()).boxed()
            .sorted(Comparator.comparingDouble(i -> p[i])).toList();
        double most = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            int i = order.get(rank);
            most = Math.max(most, Math.min(1, p[i] * (order.size() - rank)));
            p[i] = most;
        }
        return IntStream.range(0, p.length).mapToObj(i -> p[i] < ALPHA && pairs.get(i).isWorthTelling() ? p[i] : 1.0).toList();
    }

    private static double[] doubles(List<Long> values) {
        return values.stream().mapToDouble(Long::doubleValue).toArray();
    }
}

package dev.lockdown.history;

import java.util.List;
import java.util.stream.IntStream;

/// A sorted sample made smaller that keeps its distribution.
final class Ranks {
    private Ranks() {}

    /// @param sorted any number of values
    /// @return at most `most` of them, at evenly spaced ranks, the first and the last among them
    static List<Long> evenly(List<Long> sorted, int most) {
        if (sorted.size() <= most) return List.copyOf(sorted);
        return IntStream.range(0, most).mapToObj(i -> sorted.get((int) Math.round(i * (sorted.size() - 1.0) / (most - 1)))).toList();
    }
}

package dev.lockdown.nightly;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// In which order cells are run, and how much of them a budget of time has room for.
///
/// @param budget null where there is none
/// @param took how long cells took when they were last run, by their names
record Schedule(@Nullable Duration budget, Map<String, Duration> took) {

    /// Those of the greatest priority first; of the same, in the order of the matrix.
    static List<MatrixCell> ordered(List<MatrixCell> cells) {
        return cells.stream().sorted(Comparator.comparingInt(MatrixCell::priority).reversed()).toList();
    }

    /// Why a cell is not begun, or null.
    ///
    /// @param spent since the night began
    @Nullable String refusal(MatrixCell cell, Duration spent) {
        if (budget == null) return null;
        var left = budget.minus(spent);
        if (!left.isPositive()) return "the night's time was over";
        var last = took.get(cell.name());
        if (last != null && last.compareTo(left) > 0)
            return "the night had %s s left, and it took %s s the last time".formatted(left.toSeconds(), last.toSeconds());
        return null;
    }

    /// How long a cell that is begun may take at most.
    Duration most(Duration spent) {
        return budget == null ? Duration.ofDays(365) : budget.minus(spent);
    }
}

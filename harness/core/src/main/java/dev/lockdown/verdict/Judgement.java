package dev.lockdown.verdict;

import java.time.Duration;
import java.util.List;

/// What a verdict step came to, cell by cell.
///
/// @param cells at least one
/// @param rounds how often all of them were asked
/// @param took from the first round to the last
public record Judgement(Scope scope, List<Cell> cells, int rounds, Duration took) {
    public Judgement {
        if (cells.isEmpty()) throw new IllegalArgumentException("a judgement needs at least one cell");
        cells = List.copyOf(cells);
    }

    public List<Cell> differing() {
        return cells.stream().filter(c -> !c.agrees()).toList();
    }

    /// Whether nothing differs for sure, but something could not be decided.
    public boolean inconclusive() {
        var differing = differing();
        return !differing.isEmpty() && differing.stream().allMatch(Cell::inconclusive);
    }
}

package dev.lockdown.fuzz;

/// A cell that is not as the policies say, in the last state of an episode.
record Discrepancy(Episode episode, Cell cell) {

    /// Whether another is the same cell, wrong in the same way.
    boolean isLike(Cell other) {
        return other.probe().equals(cell.probe()) && other.expectation().getClass() == cell.expectation().getClass();
    }
}

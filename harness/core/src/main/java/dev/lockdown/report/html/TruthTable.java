package dev.lockdown.report.html;

import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Question;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/// The rows and columns of verdicts where every one has its own.
///
/// @param cells of each row, for each column, the verdict's number, or -1 where there was no such flow
record TruthTable(List<String> rows, List<String> columns, List<int[]> cells) {

    static boolean isOne(List<Cell> cells) {
        if (cells.size() < 2 || cells.stream().anyMatch(c -> c.question().label() == null)) return false;
        return cells.stream().map(TruthTable::label).distinct().count() == cells.size();
    }

    /// @param cells of which [#isOne] is true
    static TruthTable of(List<Cell> cells) {
        var rows = new LinkedHashSet<String>();
        var named = new LinkedHashSet<String>();
        var numbers = new HashMap<Question.Label, Integer>();
        for (int i = 0; i < cells.size(); i++) {
            var label = label(cells.get(i));
            rows.add(label.row());
            named.add(label.column());
            numbers.put(label, i);
        }
        // In the order of the rows where both have the same names, since nobody is asked for himself and the first row lacks one.
        var columns = new LinkedHashSet<>(rows);
        columns.retainAll(named);
        columns.addAll(named);
        return new TruthTable(List.copyOf(rows), List.copyOf(columns), rows.stream().map(
            row -> columns.stream().mapToInt(column -> numbers.getOrDefault(new Question.Label(row, column), -1)).toArray()).toList());
    }

    private static Question.Label label(Cell cell) {
        return Objects.requireNonNull(cell.question().label(), "only a truth table is asked for labels");
    }
}

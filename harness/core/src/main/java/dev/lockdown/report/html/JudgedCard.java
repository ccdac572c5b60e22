package dev.lockdown.report.html;

import dev.lockdown.journal.Entry.Cell;
import dev.lockdown.journal.Entry.Judged;
import dev.lockdown.report.Fault;
import dev.lockdown.report.Words;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Verdicts of a step: as a matrix where every one has a row and a column, and in any case flow by flow with the reasons.
///
/// @param columns empty where it is no matrix
record JudgedCard(String title, String rounds, List<String> columns, List<Line> lines, List<Flow> flows) {

    /// A row of the matrix.
    record Line(String label, List<Field> fields) {}

    /// @param asked whether there was such a flow
    record Field(boolean asked, boolean agrees, Mark expected, Mark observed) {
        private static final Mark NONE = new Mark("–", "not asked", "quiet");
        static final Field NOT_ASKED = new Field(false, true, NONE, NONE);

        static Field of(Cell cell) {
            return new Field(true, cell.agrees(), Mark.of(cell.wanted()), Mark.of(cell.observed()));
        }
    }

    record Flow(String name, Field field, String how, List<String> because, List<String> evidence, String control, String likely) {}

    /// What the fold says while it is shut: the whole verdict where there is only one.
    public String digest() {
        if (flows.size() != 1) return "flow by flow: which rule decides, and what was seen";
        return "%s %s, %s".formatted(flows.getFirst().field.observed.symbol(), flows.getFirst().field.observed.word(),
            flows.getFirst().how);
    }

    /// Whether the reasons are shown at once: of the one flow that differs. A matrix shows where, and the fault's card says why.
    public boolean unfolded() {
        return !hasMatrix() && flows.stream().anyMatch(f -> !f.field.agrees);
    }

    public boolean hasMatrix() {
        return !columns.isEmpty();
    }

    static JudgedCard of(Judged judged) {
        var cells = judged.cells();
        var columns = isMatrix(cells) ? columns(cells) : List.<String>of();
        var rounds = "%s, %s".formatted(Words.count(judged.rounds(), "round"), Words.duration(judged.took()));
        return new JudgedCard(judged.title(), rounds, columns, lines(cells, columns), cells.stream().map(JudgedCard::flow).toList());
    }

    private static boolean isMatrix(List<Cell> cells) {
        boolean placed = cells.stream().allMatch(c -> c.column() != null);
        return cells.size() > 1 && placed
            && cells.stream().map(c -> List.of(c.row(), String.valueOf(c.column()))).distinct().count() == cells.size();
    }

    /// In the order of the rows where both have the same names, since nobody is asked for himself and the first row lacks one.
    private static List<String> columns(List<Cell> cells) {
        var names = cells.stream().map(c -> String.valueOf(c.column())).distinct().toList();
        var rows = cells.stream().map(Cell::row).distinct();
        return Stream.concat(rows.filter(names::contains), names.stream()).distinct().toList();
    }

    private static List<Line> lines(List<Cell> cells, List<String> columns) {
        if (columns.isEmpty()) return List.of();
        return cells.stream().map(Cell::row).distinct().map(row -> {
            Map<String, Cell> byColumn = cells.stream().filter(c -> c.row().equals(row))
                .collect(Collectors.toMap(c -> String.valueOf(c.column()), Function.identity(), (a, _) -> a));
            return new Line(row, columns.stream().map(c -> byColumn.containsKey(c) ? Field.of(byColumn.get(c)) : Field.NOT_ASKED).toList());
        }).toList();
    }

    private static Flow flow(Cell cell) {
        var name = cell.column() == null ? cell.row() : cell.row() + " → " + cell.column();
        return new Flow(name, Field.of(cell), cell.how(), cell.because(), cell.evidence(), cell.control() == null ? "" : cell.control(),
            Fault.Differs.likely(cell));
    }
}

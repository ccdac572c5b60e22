package dev.lockdown.report.html;

import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Figures;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wording;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            return new Field(true, cell.agrees(), Mark.of(cell.question().wanted()), Mark.of(cell.verdict()));
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

    static JudgedCard of(Judgement judged) {
        var cells = judged.cells();
        var columns = isMatrix(cells) ? columns(cells) : List.<String>of();
        var rounds = "%s, %s".formatted(Figures.count(judged.rounds(), "round"), Figures.duration(judged.took()));
        return new JudgedCard(Wording.of(judged.scope()), rounds, columns, lines(cells, columns),
            cells.stream().map(JudgedCard::flow).toList());
    }

    private static boolean isMatrix(List<Cell> cells) {
        var labels = cells.stream().map(c -> c.question().label()).toList();
        return cells.size() > 1 && !labels.contains(null) && labels.stream().distinct().count() == cells.size();
    }

    /// In the order of the rows where both have the same names, since nobody is asked for himself and the first row lacks one.
    private static List<String> columns(List<Cell> cells) {
        var names = cells.stream().map(c -> label(c).column()).distinct().toList();
        var rows = cells.stream().map(c -> label(c).row()).distinct();
        return Stream.concat(rows.filter(names::contains), names.stream()).distinct().toList();
    }

    private static List<Line> lines(List<Cell> cells, List<String> columns) {
        if (columns.isEmpty()) return List.of();
        return cells.stream().map(c -> label(c).row()).distinct().map(row -> {
            Map<String, Cell> byColumn = cells.stream().filter(c -> label(c).row().equals(row))
                .collect(Collectors.toMap(c -> label(c).column(), Function.identity(), (a, _) -> a));
            return new Line(row, columns.stream().map(c -> byColumn.containsKey(c) ? Field.of(byColumn.get(c)) : Field.NOT_ASKED).toList());
        }).toList();
    }

    private static Flow flow(Cell cell) {
        return new Flow(Wording.flow(cell), Field.of(cell), Wording.how(cell), Wording.because(cell), Wording.evidence(cell),
            cell.verdict() instanceof Verdict.Blocked(_, var grade) ? Wording.of(grade) : "", Wording.likely(cell));
    }

    private static Question.Label label(Cell cell) {
        return Objects.requireNonNull(cell.question().label(), "only a matrix is asked for labels");
    }
}

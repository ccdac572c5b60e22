package dev.lockdown.report.text;

import dev.lockdown.journal.Entry.StepFinished;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.StepRun;
import dev.lockdown.report.text.Row.Span;
import dev.lockdown.verdict.Cell;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds what to underline in a feature.
///
/// @param line counted from one
/// @param header the line of the table's header, where there is one to show, else 0
public record Place(int line, int header, String source, Span span) {

    /// The cell of a truth table, the row of a list, or the text of the step that stands in the cell's line, which may be an
    /// earlier one of the same block. Empty where the feature cannot be read.
    public static Optional<Place> of(List<String> feature, ScenarioRun scenario, Cell cell) {
        int line = cell.question().line();
        var label = cell.question().label();
        return source(feature, line).map(source -> {
            if (!Row.isRow(source)) return new Place(line, 0, source, text(source, keyword(scenario, line)));
            var row = Row.parse(source);
            int header = header(feature, line);
            int index = label == null || header == line ? -1 : index(Row.parse(feature.get(header - 1)), label.column());
            if (index < 0 || index >= row.cells().size()) return new Place(line, 0, source, whole(source, row));
            return new Place(line, header, source, row.cells().get(index).span());
        });
    }

    static Optional<Place> of(List<String> feature, StepFinished step) {
        return source(feature, step.line()).map(source -> new Place(step.line(), 0, source, text(source, step.keyword())));
    }

    /// As editors count: characters from one, a tab being one.
    public int column() {
        return source.codePointCount(0, span.start()) + 1;
    }

    private static Optional<String> source(List<String> feature, int line) {
        return line < 1 || line > feature.size() || feature.get(line - 1).isBlank() ? Optional.empty() : Optional.of(feature.get(line - 1));
    }

    private static String keyword(ScenarioRun scenario, int line) {
        return scenario.steps().stream().map(StepRun::finished).filter(s -> s.line() == line).map(StepFinished::keyword).findFirst()
            .orElse("");
    }

    /// The first row of the table that a row belongs to. Between rows there may be comments and empty lines.
    private static int header(List<String> feature, int row) {
        int header = row;
        for (int line = row - 1; line > 0 && belongsToTable(feature.get(line - 1)); line--)
            if (Row.isRow(feature.get(line - 1))) header = line;
        return header;
    }

    private static boolean belongsToTable(String line) {
        return line.isBlank() || line.strip().startsWith("#") || Row.isRow(line);
    }

    private static int index(Row header, String column) {
        return IntStream.range(0, header.cells().size()).filter(i -> header.cells().get(i).text().equals(column)).findFirst().orElse(-1);
    }

    private static Span whole(String source, Row row) {
        if (row.cells().isEmpty()) return text(source, "");
        return row.cells().getFirst().span().to(row.cells().getLast().span());
    }

    private static Span text(String source, String keyword) {
        int start = source.length() - source.stripLeading().length();
        int end = source.stripTrailing().length();
        int after = start + keyword.strip().length();
        if (!source.startsWith(keyword.strip(), start) || after >= end) return new Span(start, end);
        while (Character.isWhitespace(source.charAt(after))) after++;
        return new Span(after, end);
    }
}

package dev.lockdown.conformance;

import java.util.ArrayList;
import java.util.List;

/// A scenario outline whose examples are laid out in columns.
final class Outline {
    private final String tags;
    private final String steps;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /// @param tags on a line, or empty
    /// @param steps with the names of columns in angle brackets; the first column is the scenario's name
    Outline(String tags, String steps, List<String> columns) {
        this.tags = tags;
        this.steps = steps;
        this.columns = List.copyOf(columns);
    }

    void add(List<String> row) {
        if (row.size() != columns.size()) throw new IllegalArgumentException("%s cells for %s".formatted(row.size(), columns));
        rows.add(List.copyOf(row));
    }

    void writeTo(StringBuilder text) {
        text.append('\n');
        if (!tags.isEmpty()) text.append("  ").append(tags).append('\n');
        text.append("  Scenario Outline: <").append(columns.getFirst()).append(">\n");
        steps.lines().forEach(line -> text.append(line.isEmpty() ? "" : "    ").append(line).append('\n'));
        text.append("\n    Examples:\n");
        line(columns, text);
        rows.forEach(row -> line(row, text));
    }

    private void line(List<String> cells, StringBuilder text) {
        text.append("     ");
        for (int c = 0; c < cells.size(); c++) text.append(" | ").append(cells.get(c)).append(" ".repeat(width(c) - cells.get(c).length()));
        text.append(" |\n");
    }

    private int width(int column) {
        int widest = columns.get(column).length();
        for (var row : rows) widest = Math.max(widest, row.get(column).length());
        return widest;
    }
}

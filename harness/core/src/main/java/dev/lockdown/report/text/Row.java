package dev.lockdown.report.text;

import java.util.ArrayList;
import java.util.List;

/// A row of a Gherkin table, and where its cells stand in the line.
///
/// @param cells without the blanks around them
record Row(List<Cell> cells) {
    /// @param text unescaped
    /// @param span what it takes of the line, at least one character
    record Cell(String text, Span span) {}

    /// From `start` to before `end`, in characters of the line.
    record Span(int start, int end) {
        Span to(Span other) {
            return new Span(start, other.end);
        }
    }

    static boolean isRow(String line) {
        return line.strip().startsWith("|");
    }

    /// Take a row apart as Gherkin does: cells stand between bars, and `\|`, `\\` and `\n` are escapes.
    static Row parse(String line) {
        var cells = new ArrayList<Cell>();
        int start = line.indexOf('|') + 1;
        for (int i = start; i < line.length(); i++) {
            if (line.charAt(i) == '\\') i++;
            else if (line.charAt(i) == '|') {
                cells.add(cell(line, start, i));
                start = i + 1;
            }
        }
        return new Row(cells);
    }

    private static Cell cell(String line, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(line.charAt(start))) start++;
        while (end > start && Character.isWhitespace(line.charAt(end - 1))) end--;
        if (start == end) return new Cell("", new Span(Math.min(from + 1, to), Math.min(from + 1, to) + 1));
        var text = line.substring(start, end).replace("\\|", "|").replace("\\n", "\n").replace("\\\\", "\\");
        return new Cell(text, new Span(start, end));
    }
}

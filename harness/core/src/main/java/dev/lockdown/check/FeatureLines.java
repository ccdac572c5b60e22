package dev.lockdown.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The lines of a feature, and where things stand in them.
public record FeatureLines(String file, List<String> lines) {
    public FeatureLines {
        lines = List.copyOf(lines);
    }

    /// A stretch of a line, in characters.
    record Stretch(int start, int end) {}

    String line(int number) {
        return number < 1 || number > lines.size() ? "" : lines.get(number - 1);
    }

    /// The same file with another text in one line.
    FeatureLines with(int number, String text) {
        var changed = new ArrayList<>(lines);
        changed.set(number - 1, text);
        return new FeatureLines(file, changed);
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    Mistake wrong(int line, Stretch where, String problem, List<String> advice) {
        return mistake(Mistake.Grade.WRONG, line, where, problem, advice);
    }

    Mistake mistake(Mistake.Grade grade, int line, Stretch where, String problem, List<String> advice) {
        var source = line(line);
        int start = Math.clamp(where.start, 0, source.length());
        int end = Math.clamp(where.end, start, source.length());
        return new Mistake(grade, file, line, source.codePointCount(0, start) + 1, source.codePointCount(start, end), source, problem,
            advice);
    }

    /// All of a line but its indentation.
    Stretch whole(int line) {
        var source = line(line);
        int start = source.length() - source.stripLeading().length();
        return new Stretch(start, Math.max(start, source.stripTrailing().length()));
    }

    /// Where a text stands in a line, after some characters of it; all of the line if it does not.
    Stretch find(int line, String text, int from) {
        int at = text.isEmpty() ? -1 : line(line).indexOf(text, from);
        return at < 0 ? whole(line) : new Stretch(at, at + text.length());
    }

    /// The cells of a table's row: what stands between bars that are not escaped.
    List<Stretch> cells(int line) {
        var source = line(line);
        var bars = IntStream.range(0, source.length()).filter(i -> source.charAt(i) == '|' && !isEscaped(source, i)).toArray();
        var cells = new ArrayList<Stretch>();
        for (int i = 1; i < bars.length; i++) cells.add(stripped(source, bars[i - 1] + 1, bars[i]));
        return cells;
    }

    private static boolean isEscaped(String source, int at) {
        int backslashes = 0;
        while (at - backslashes > 0 && source.charAt(at - backslashes - 1) == '\\') backslashes++;
        return backslashes % 2 == 1;
    }

    private static Stretch stripped(String source, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(source.charAt(start))) start++;
        while (end > start && Character.isWhitespace(source.charAt(end - 1))) end--;
        return start == end ? new Stretch(from, to) : new Stretch(start, end);
    }

    /// A cell of a row; all of the row where it has no such cell.
    Stretch cell(int line, int column) {
        var cells = cells(line);
        return column >= 0 && column < cells.size() ? cells.get(column) : whole(line);
    }
}

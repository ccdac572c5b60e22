package dev.lockdown.report.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/// A step's table as people write it: every column as wide as its widest cell.
final class GherkinTable {
    private static final Pattern BAR = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\|");

    private GherkinTable() {}

    /// Align what is a table, and leave any other text as it is.
    static String aligned(String argument) {
        var lines = argument.lines().map(String::strip).toList();
        if (lines.isEmpty() || !lines.stream().allMatch(GherkinTable::isRow)) return argument;
        var rows = lines.stream().map(GherkinTable::cells).toList();
        var widths = widths(rows);
        return String.join("\n", rows.stream().map(r -> row(r, widths)).toList());
    }

    private static boolean isRow(String line) {
        return line.length() > 1 && line.startsWith("|") && line.endsWith("|");
    }

    /// What stands between the bars; `\|` is no bar.
    private static List<String> cells(String row) {
        var cells = new ArrayList<String>();
        int start = 1;
        var bars = BAR.matcher(row).region(1, row.length()).useTransparentBounds(true);
        while (bars.find()) {
            cells.add(row.substring(start, bars.end() - 1).strip());
            start = bars.end();
        }
        return cells;
    }

    private static List<Integer> widths(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = new ArrayList<Integer>(Collections.nCopies(columns, 0));
        for (var row : rows) for (int i = 0; i < row.size(); i++) widths.set(i, Math.max(widths.get(i), width(row.get(i))));
        return widths;
    }

    private static String row(List<String> cells, List<Integer> widths) {
        var row = new StringBuilder("|");
        for (int i = 0; i < cells.size(); i++)
            row.append(' ').append(cells.get(i)).repeat(' ', widths.get(i) - width(cells.get(i))).append(" |");
        return row.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}

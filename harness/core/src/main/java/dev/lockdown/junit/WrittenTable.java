package dev.lockdown.junit;

import dev.lockdown.state.InputException;
import java.util.ArrayList;
import java.util.List;

/// A table as it is written in a feature.
final class WrittenTable {
    private WrittenTable() {}

    /// @throws InputException if a line is no row, or one has more cells than another
    static List<List<String>> rows(String text) {
        var rows = text.lines().map(String::strip).filter(l -> !l.isEmpty()).map(WrittenTable::row).toList();
        for (var row : rows)
            if (row.size() != rows.getFirst().size())
                throw new InputException("a row has %s cells, and the first has %s: | %s |".formatted(row.size(), rows.getFirst().size(),
                    String.join(" | ", row)));
        return rows;
    }

    private static List<String> row(String line) {
        if (line.length() < 2 || !line.startsWith("|") || !line.endsWith("|"))
            throw new InputException("a row of a table begins and ends with |, as in | shop/web | open |: %s".formatted(line));
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        for (int i = 1; i < line.length(); i++) {
            char c = line.charAt(i);
            // Gherkin's: a bar within a cell has a backslash before it.
            if (c == '\\' && i + 1 < line.length() - 1) cell.append(line.charAt(++i));
            else if (c == '|') {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else cell.append(c);
        }
        return cells;
    }
}

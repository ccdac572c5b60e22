package dev.lockdown.table;

import dev.lockdown.table.Folding.Band;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The flows on one port as rows and columns, both in natural order.
record Matrix(Slice slice, List<Band> rows, List<Band> columns, Map<Pair, String> symbols) {
    record Pair(Band row, Band column) {}

    static List<Matrix> of(Survey survey, Folding folding) {
        var bySlice = new HashMap<Slice, List<Survey.Line>>();
        for (var line : folding.representatives(survey)) bySlice.computeIfAbsent(Slice.of(line), _ -> new ArrayList<>()).add(line);
        return bySlice.keySet().stream().sorted().map(s -> of(s, bySlice.getOrDefault(s, List.of()), folding)).toList();
    }

    private static Matrix of(Slice slice, List<Survey.Line> lines, Folding folding) {
        // Sorted in the end, since there are a thousand lines for each row.
        var rows = new LinkedHashSet<Band>();
        var columns = new LinkedHashSet<Band>();
        var symbols = new HashMap<Pair, String>();
        for (var line : lines) {
            var row = folding.band(line.flow().source());
            var column = folding.band(line.flow().destination());
            rows.add(row);
            columns.add(column);
            symbols.put(new Pair(row, column), Symbols.of(line));
        }
        return new Matrix(slice, rows.stream().sorted(Band.ORDER).toList(), columns.stream().sorted(Band.ORDER).toList(), symbols);
    }

    String symbol(Band row, Band column) {
        return symbols.getOrDefault(new Pair(row, column), Symbols.NOT_ASKED);
    }
}

package dev.lockdown.nightly.page;

import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.FirstBad;
import dev.lockdown.nightly.Judged;
import dev.lockdown.nightly.Judged.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// Features by cells: in each square the worst that the scenarios of a feature came to in a cell, and how many.
record Grid(List<Column> columns, List<Row> rows) {
    /// What a square tells, the first of it that there is.
    private static final List<Counts> WORST_FIRST = List.of(Counts.FAILED, Counts.MENDED, Counts.BROKEN, Counts.INCONCLUSIVE, Counts.FLAKY,
        Counts.KNOWN, Counts.QUARANTINED, Counts.PASSED, Counts.SKIPPED);

    /// @param target in the list of cells
    record Column(String cell, String target, Mark mark) {}

    record Row(String feature, String target, List<Square> squares) {}

    /// @param link empty where the cell does not have the feature
    /// @param first whether a first bad version is among them
    record Square(String link, Mark mark, int count, String label, boolean first) {}

    static Grid of(Findings findings) {
        var cells = findings.cells();
        var paths = features(cells);
        var names = new ShortPaths(paths);
        var columns = new ArrayList<Column>();
        for (int i = 0; i < cells.size(); i++)
            columns.add(new Column(cells.get(i).cell().name(), "c" + i, Mark.of(cells.get(i))));
        var rows = new ArrayList<Row>();
        for (int f = 0; f < paths.size(); f++) {
            var squares = new ArrayList<Square>();
            for (int c = 0; c < cells.size(); c++) squares.add(square(paths.get(f), f, cells.get(c), c, findings.firstBad()));
            rows.add(new Row(names.of(paths.get(f)), "f" + f, squares));
        }
        return new Grid(columns, rows);
    }

    /// Of all cells, sorted.
    static List<String> features(List<Findings.OfCell> cells) {
        var paths = new TreeSet<String>();
        cells.forEach(c -> c.judged().forEach(j -> paths.add(j.scenario().feature())));
        return List.copyOf(paths);
    }

    private static Square square(String path, int feature, Findings.OfCell cell, int number, List<FirstBad> firstBad) {
        var judged = cell.judged().stream().filter(j -> j.scenario().feature().equals(path)).toList();
        if (judged.isEmpty()) return new Square("", new Mark("·", "not run", "quiet"), 0, "", false);
        var worst = worst(judged);
        int count = (int) judged.stream().filter(j -> j.counts() == worst).count();
        boolean first = judged.stream().anyMatch(j -> isFirstBad(j.scenario(), cell, firstBad));
        return new Square(anchor(feature, number), Mark.of(worst), count,
            "%s on %s: %s of %s %s%s".formatted(path, cell.cell().name(), Integer.toString(count), Integer.toString(judged.size()),
                Mark.of(worst).word(), first ? ", first bad version" : ""),
            first);
    }

    static Counts worst(List<Judged> judged) {
        return judged.stream().map(Judged::counts).min(Comparator.comparing(WORST_FIRST::indexOf)).orElse(Counts.SKIPPED);
    }

    static boolean isFirstBad(ScenarioDigest scenario, Findings.OfCell cell, List<FirstBad> firstBad) {
        return firstBad.stream().anyMatch(f -> f.cell().equals(cell.cell().name()) && Objects.equals(f.scenario(), scenario.key()));
    }

    static String anchor(int feature, int cell) {
        return "f%s-c%s".formatted(Integer.toString(feature), Integer.toString(cell));
    }
}

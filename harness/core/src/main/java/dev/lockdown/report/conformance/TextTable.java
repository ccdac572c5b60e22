package dev.lockdown.report.conformance;

import dev.lockdown.verdict.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table as plain lines.
final class TextTable {
    private final Conformance conformance;

    TextTable(Conformance conformance) {
        this.conformance = conformance;
    }

    List<String> lines() {
        var folder = folder();
        int widest = "feature".length();
        for (var row : conformance.rows()) widest = Math.max(widest, name(row, folder).length());
        var lines = new ArrayList<String>();
        lines.add(line(widest, "feature", "scenarios", "passed", "failed", "inconcl.", "skipped", "cells", "time"));
        for (var row : conformance.rows()) lines.add(line(widest, row, name(row, folder)));
        lines.add(line(widest, conformance.total(), "total"));
        return lines;
    }

    private static String line(int widest, Conformance.Row row, String name) {
        return line(widest, name, row.scenarios(), row.passed(), row.failed(), row.inconclusive(), row.skipped(),
            String.format(Locale.ROOT, "%,d", row.cells()), Figures.duration(row.took()));
    }

    private static String line(int widest, Object... cells) {
        return String.format(Locale.ROOT, "%-" + widest + "s %9s %6s %6s %8s %7s %8s %8s", cells);
    }

    /// What the paths of all features begin with.
    private String folder() {
        var paths = conformance.rows().stream().map(Conformance.Row::feature).toList();
        if (paths.isEmpty()) return "";
        var common = paths.getFirst().substring(0, paths.getFirst().lastIndexOf('/') + 1);
        while (!common.isEmpty()) {
            var folder = common;
            if (paths.stream().allMatch(p -> p.startsWith(folder))) return folder;
            common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
        }
        return "";
    }

    private static String name(Conformance.Row row, String folder) {
        return row.feature().substring(folder.length()).replaceFirst("\\.feature$", "");
    }
}

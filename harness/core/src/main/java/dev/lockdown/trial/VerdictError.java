package dev.lockdown.trial;

import dev.lockdown.journal.Entry;
import java.util.ArrayList;
import java.util.List;

/// A Then step that does not hold, or cannot be decided; its message tells every differing cell.
public final class VerdictError extends AssertionError {
    private final transient Entry.Judged judged;
    private final boolean inconclusive;

    private VerdictError(String message, Entry.Judged judged, boolean inconclusive) {
        super(message);
        this.judged = judged;
        this.inconclusive = inconclusive;
    }

    static VerdictError of(Entry.Judged judged, boolean inconclusive) {
        var differing = judged.cells().stream().filter(c -> !c.agrees()).toList();
        var lines = new ArrayList<String>();
        lines.add(headline(judged, differing, inconclusive));
        for (var cell : differing) describe(cell, lines);
        return new VerdictError(String.join("\n", lines), judged, inconclusive);
    }

    /// What was judged, cell by cell.
    public Entry.Judged judged() {
        return judged;
    }

    /// Whether nothing differs for sure, but something could not be decided.
    public boolean inconclusive() {
        return inconclusive;
    }

    private static String headline(Entry.Judged judged, List<Entry.Cell> differing, boolean inconclusive) {
        return "%d of %d %s%s (held %d %s, %s)".formatted(differing.size(), judged.cells().size(),
            inconclusive ? "could not be decided" : differing.size() == 1 ? "differs" : "differ",
            judged.title().isEmpty() ? "" : " " + judged.title(), judged.rounds(), judged.rounds() == 1 ? "round" : "rounds",
            Words.of(judged.took()));
    }

    private static void describe(Entry.Cell cell, List<String> lines) {
        lines.add(
            "  %s%s: expected %s, observed %s: %s".formatted(cell.row(), cell.column() == null ? "" : " to " + cell.column(), cell.wanted(),
                cell.observed(), cell.how()));
        cell.because().forEach(b -> lines.add("    = expected: " + b));
        cell.evidence().forEach(e -> lines.add("    = evidence: " + e));
        if (cell.likely() != null) lines.add("    = likely:   " + cell.likely());
    }
}

package dev.lockdown.report.text;

import dev.lockdown.journal.Entry.Cell;
import dev.lockdown.report.Fault.Differs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is known of a verdict that differs: expected because, evidence, likely cause. What was said once is not said again.
final class Notes {
    private static final int BRIEF = 36;

    private final int gutter;
    private final int width;
    private final Set<List<String>> said = new HashSet<>();

    Notes(int gutter, int width) {
        this.gutter = gutter;
        this.width = width;
    }

    /// What was seen instead, to stand beside an underline: `observed open, 0.2 ms`. A longer story is left to the notes.
    static String label(Cell cell) {
        var verdict = Differs.isInconclusive(cell) ? "inconclusive" : "observed " + cell.observed();
        return isBrief(cell) ? verdict + ", " + how(cell) : verdict;
    }

    private static boolean isBrief(Cell cell) {
        return Columns.width(cell.observed() + how(cell)) <= BRIEF;
    }

    private static String how(Cell cell) {
        return cell.how().replaceFirst("^connected, ", "");
    }

    /// @param unquoted whether the feature could not be quoted, so that flow and observation must be said here
    List<Styled> of(Differs fault, Cell cell, boolean unquoted) {
        var lines = new ArrayList<Styled>();
        if (unquoted) lines.addAll(note("flow", List.of(fault.flow(cell))));
        if (unquoted) lines.addAll(note("observed", List.of("%s, %s".formatted(cell.observed(), how(cell)))));
        else if (!isBrief(cell)) lines.addAll(note("observed", List.of(how(cell))));
        lines.addAll(expected(cell));
        lines.addAll(note("evidence", cell.evidence()));
        if (!Differs.likely(cell).isEmpty()) lines.addAll(note("likely", List.of(Differs.likely(cell))));
        return lines;
    }

    private List<Styled> expected(Cell cell) {
        if (!Differs.isAgainstPolicies(cell)) return note("expected", cell.because().isEmpty() ? List.of(cell.wanted()) : cell.because());
        var lines = new ArrayList<>(note("expected", List.of(cell.wanted() + " by the step, but not by the policies")));
        lines.addAll(note("policies", cell.because()));
        return lines;
    }

    private List<Styled> note(String name, List<String> texts) {
        var lines = new ArrayList<Styled>();
        var indent = " ".repeat(gutter + 1);
        var head = Columns.left(name + ":", "= expected: ".length() - 2);
        for (var text : texts) {
            if (!said.add(List.of(name, text))) continue;
            for (var part : Columns.wrap(text, width - indent.length() - head.length() - 2)) {
                lines.add(Styled.of(Hue.GUTTER, indent + (lines.isEmpty() ? "= " : "  "))
                    .and(Hue.DIM, lines.isEmpty() ? head : " ".repeat(head.length())).and(part));
            }
        }
        return lines;
    }
}

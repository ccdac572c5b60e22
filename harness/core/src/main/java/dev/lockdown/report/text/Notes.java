package dev.lockdown.report.text;

import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.RuleWording;
import dev.lockdown.verdict.Wording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of a verdict that differs: expected because, evidence, likely cause. What was said once is not said again.
final class Notes {
    private static final int BRIEF = 36;

    private final int gutter;
    private final int width;
    private final @Nullable String bundle;
    private final Set<List<String>> said = new HashSet<>();

    /// @param bundle the folder of the scenario, seen from the run's; null where there is none
    Notes(int gutter, int width, @Nullable String bundle) {
        this.bundle = bundle;
        this.gutter = gutter;
        this.width = width;
    }

    /// What was seen instead, to stand beside an underline: `observed open, 0.2 ms`. A longer story is left to the notes.
    static String label(Cell cell) {
        var verdict = cell.inconclusive() ? Wording.of(cell.verdict()) : "observed " + Wording.of(cell.verdict());
        return isBrief(cell) ? verdict + ", " + Wording.how(cell) : verdict;
    }

    private static boolean isBrief(Cell cell) {
        return Columns.width(Wording.of(cell.verdict()) + Wording.how(cell)) <= BRIEF;
    }

    /// @param unquoted whether the feature could not be quoted, so that flow and observation must be said here
    List<Styled> of(Cell cell, boolean unquoted) {
        var lines = new ArrayList<Styled>();
        if (unquoted) lines.addAll(note("flow", List.of(Wording.flow(cell))));
        if (unquoted) lines.addAll(note("observed", List.of("%s, %s".formatted(Wording.of(cell.verdict()), Wording.how(cell)))));
        else if (!isBrief(cell)) lines.addAll(note("observed", List.of(Wording.how(cell))));
        lines.addAll(expected(cell));
        lines.addAll(note("evidence", Wording.evidence(cell)));
        lines.addAll(rules(cell));
        if (!Wording.likely(cell).isEmpty()) lines.addAll(note("likely", List.of(Wording.likely(cell))));
        return lines;
    }

    /// What the nodes had programmed, and where the whole of it is.
    private List<Styled> rules(Cell cell) {
        var told = new ArrayList<>(RuleWording.brief(cell));
        var files = cell.rules().stream().map(NodeRules::file).collect(Collectors.joining(", "));
        if (bundle != null && !files.isEmpty()) told.add("more: %s/%s".formatted(bundle, files));
        return note("rules", told);
    }

    private List<Styled> expected(Cell cell) {
        var because = Wording.because(cell);
        var wanted = Wording.of(cell.question().wanted());
        if (!cell.isAgainstPolicies()) return note("expected", because.isEmpty() ? List.of(wanted) : because);
        var lines = new ArrayList<>(note("expected", List.of(wanted + " by the step, but not by the policies")));
        lines.addAll(note("policies", because));
        return lines;
    }

    private List<Styled> note(String name, List<String> texts) {
        var lines = new ArrayList<Styled>();
        var indent = " ".repeat(gutter + 1);
        var head = Columns.left(name + ":", "= expected: ".length() - 2);
        for (var text : texts) {
            if (!said.add(List.of(name, text))) continue;
            for (var part : Columns.wrap(text, width - indent.length() - head.length() - 2)) {
                lines.add(Styled.of(Style.GUTTER, indent + (lines.isEmpty() ? "= " : "  "))
                    .and(Style.DIM, lines.isEmpty() ? head : " ".repeat(head.length())).and(part));
            }
        }
        return lines;
    }
}

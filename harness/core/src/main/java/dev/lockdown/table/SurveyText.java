package dev.lockdown.table;

import dev.lockdown.policy.Expectation;
import dev.lockdown.state.Counted;
import dev.lockdown.table.Survey.Agreement;
import dev.lockdown.table.Folding.Band;
import dev.lockdown.table.Survey.Line;
import dev.lockdown.verdict.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/// A survey for people: a matrix for each port, sources down and destinations across, then what differs and why.
public final class SurveyText {
    private static final int MOST_TOLD = 20;

    private final boolean onlyDifferences;
    private final Workloads workloads;
    private final boolean wide;
    private final int width;

    /// @param wide whether every pod has a row and a column of its own
    /// @param width of a line; a matrix that is wider is continued below
    public SurveyText(boolean onlyDifferences, Workloads workloads, boolean wide, int width) {
        this.onlyDifferences = onlyDifferences;
        this.workloads = workloads;
        this.wide = wide;
        this.width = wide ? Integer.MAX_VALUE : width;
    }

    public List<String> lines(Survey survey) {
        var lines = new ArrayList<String>();
        if (!onlyDifferences)
            for (var matrix : Matrix.of(survey, Folding.of(survey, workloads, wide))) matrix(matrix, lines);
        differences(survey, lines);
        lines.add(summary(survey));
        return lines;
    }

    private void matrix(Matrix matrix, List<String> lines) {
        int names = matrix.rows().stream().mapToInt(b -> b.label().length()).max().orElse(0);
        lines.add(matrix.slice().toString());
        int from = 0;
        while (from < matrix.columns().size()) {
            int to = fitting(matrix.columns(), from, width - names - 2);
            part(matrix, matrix.columns().subList(from, to), names, lines);
            from = to;
        }
        lines.add("");
    }

    private static int fitting(List<Band> columns, int from, int room) {
        int to = from;
        int used = 0;
        while (to < columns.size() && (to == from || used + columns.get(to).label().length() + 2 <= room))
            used += columns.get(to++).label().length() + 2;
        return to;
    }

    private static void part(Matrix matrix, List<Band> columns, int names, List<String> lines) {
        lines.add("  " + " ".repeat(names) + "  " + String.join("  ", columns.stream().map(Band::label).toList()));
        for (var row : matrix.rows()) {
            var text = new StringBuilder("  ").append(pad(row.label(), names));
            for (var column : columns) text.append("  ").append(pad(matrix.symbol(row, column), column.label().length()));
            lines.add(text.toString().stripTrailing());
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static void differences(Survey survey, List<String> lines) {
        var told = survey.lines().stream().filter(Line::needsALook).toList();
        for (var line : told.subList(0, Math.min(MOST_TOLD, told.size()))) {
            var answer = Objects.requireNonNull(line.answer());
            lines.add("≠ %s: expected %s, observed %s: %s".formatted(line.flow(), word(line.expectation()),
                SurveyWords.observed(answer.verdict()), Wording.how(answer)));
            line.expectation().because().forEach(b -> lines.add("    = expected: " + b));
            Wording.evidence(answer).forEach(e -> lines.add("    = evidence: " + e));
        }
        if (told.size() > MOST_TOLD) lines.add("… and %s more; --output json has them all".formatted(told.size() - MOST_TOLD));
    }

    private static String word(Expectation expectation) {
        return SurveyWords.expected(expectation);
    }

    public static String summary(Survey survey) {
        long probed = survey.lines().stream().filter(l -> l.answer() != null).count();
        var state = survey.step() == 0 ? "" : "state %s: ".formatted(survey.step() + 1);
        if (probed == 0)
            return "%s%s expected: %s (✓ allowed  ✗ denied  ± some  ? the API leaves it open)".formatted(state,
                Counted.of(survey.lines().size(), "flow"), expected(survey));
        return "%s%s: %s as expected, %s, %s undecided, %s left open by the API (✓ open  ✗ blocked  ± some  ! undecided  ? not specified)"
            .formatted(state, Counted.of(probed, "flow"), survey.count(Agreement.AGREES),
                survey.count(Agreement.DIFFERS) == 1 ? "1 differs" : survey.count(Agreement.DIFFERS) + " differ", survey.undecided(),
                survey.lines().stream().filter(l -> l.agreement() == Agreement.NOT_COMPARED && !l.undecided()).count());
    }

    /// The counts add up to all flows; what there is not is not told, but for the two that everybody asks for.
    private static String expected(Survey survey) {
        var counts = new LinkedHashMap<String, Long>();
        survey.lines().forEach(l -> counts.merge(word(l.expectation()), 1L, Long::sum));
        var text =
            new StringBuilder("%s allowed, %s denied".formatted(counts.getOrDefault("allowed", 0L), counts.getOrDefault("denied", 0L)));
        if (counts.containsKey("mixed")) text.append(", %s to some backends alone".formatted(counts.get("mixed")));
        if (counts.containsKey("unspecified")) text.append(", %s left open by the API".formatted(counts.get("unspecified")));
        return text.toString();
    }
}

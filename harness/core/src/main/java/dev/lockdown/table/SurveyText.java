package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.policy.Expectation;
import dev.lockdown.table.Survey.Agreement;
import dev.lockdown.table.Survey.Line;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A survey for people: a matrix for each port, sources down and destinations across, then what differs and why.
public final class SurveyText {
    private static final int MOST_TOLD = 20;

    private final boolean onlyDifferences;

    public SurveyText(boolean onlyDifferences) {
        this.onlyDifferences = onlyDifferences;
    }

    public List<String> lines(Survey survey) {
        var lines = new ArrayList<String>();
        if (!onlyDifferences) for (var port : ports(survey)) matrix(survey, port, lines);
        differences(survey, lines);
        lines.add(summary(survey));
        return lines;
    }

    private record Slice(Port port, Family family) {}

    private static List<Slice> ports(Survey survey) {
        return survey.lines().stream().map(l -> new Slice(l.flow().port(), l.flow().family())).distinct()
            .sorted(Comparator.comparing(Slice::family)
                .thenComparing(Slice::port))
            .toList();
    }

    private static void matrix(Survey survey, Slice slice, List<String> lines) {
        var cells = new LinkedHashMap<Endpoint, Map<Endpoint, String>>();
        var columns = new LinkedHashSet<Endpoint>();
        for (var line : survey.lines()) {
            if (!new Slice(line.flow().port(), line.flow().family()).equals(slice)) continue;
            columns.add(line.flow().destination());
            cells.computeIfAbsent(line.flow().source(), _ -> new LinkedHashMap<>()).put(line.flow().destination(), symbol(line));
        }
        lines.add("%s%s".formatted(slice.port, slice.family == Family.IPV6 ? " over IPv6" : ""));
        int width = cells.keySet().stream().mapToInt(e -> e.toString().length()).max().orElse(0);
        var names = columns.stream().map(Endpoint::toString).toList();
        lines.add("  " + " ".repeat(width) + "  " + String.join("  ", names));
        cells.forEach((source, row) -> {
            var text = new StringBuilder("  ").append(pad(source.toString(), width));
            for (var column : columns) text.append("  ").append(pad(row.getOrDefault(column, "·"), column.toString().length()));
            lines.add(text.toString().stripTrailing());
        });
        lines.add("");
    }

    private static String symbol(Line line) {
        var expected = switch (line.expectation()) {
            case Expectation.Allowed _ -> "✓";
            case Expectation.Denied _ -> "✗";
            case Expectation.Split _ -> "±";
            case Expectation.Unspecified _ -> "?";
        };
        var answer = line.answer();
        if (answer == null) return expected;
        var observed = switch (answer.verdict()) {
            case Verdict.Open _ -> "✓";
            case Verdict.Blocked _ -> "✗";
            case Verdict.Mixed _ -> "±";
            case Verdict.Inconclusive _ -> "!";
        };
        return switch (line.agreement()) {
            case AGREES -> observed;
            case NOT_COMPARED -> "?" + observed;
            case DIFFERS, UNDECIDED -> expected + "≠" + observed;
        };
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
        if (told.size() > MOST_TOLD) lines.add("… and %d more; --output json has them all".formatted(told.size() - MOST_TOLD));
    }

    private static String word(Expectation expectation) {
        return SurveyWords.expected(expectation);
    }

    private static String summary(Survey survey) {
        long probed = survey.lines().stream().filter(l -> l.answer() != null).count();
        var state = survey.step() == 0 ? "" : "state %d: ".formatted(survey.step() + 1);
        if (probed == 0)
            return "%s%d flows expected: %s (✓ allowed  ✗ denied  ± some  ? the API leaves it open)".formatted(state,
                survey.lines().size(), expected(survey));
        return "%s%d flows: %d as expected, %d differ, %d undecided, %d left open by the API (✓ open  ✗ blocked  ± some  ! undecided  ? not specified)"
            .formatted(state, probed, survey.count(Agreement.AGREES), survey.count(Agreement.DIFFERS), survey.undecided(),
                survey.lines().stream().filter(l -> l.agreement() == Agreement.NOT_COMPARED && !l.undecided()).count());
    }

    /// The counts add up to all flows; what there is not is not told, but for the two that everybody asks for.
    private static String expected(Survey survey) {
        var counts = new LinkedHashMap<String, Long>();
        survey.lines().forEach(l -> counts.merge(word(l.expectation()), 1L, Long::sum));
        var text =
            new StringBuilder("%d allowed, %d denied".formatted(counts.getOrDefault("allowed", 0L), counts.getOrDefault("denied", 0L)));
        if (counts.containsKey("mixed")) text.append(", %d to some backends alone".formatted(counts.get("mixed")));
        if (counts.containsKey("unspecified")) text.append(", %d left open by the API".formatted(counts.get("unspecified")));
        return text.toString();
    }
}

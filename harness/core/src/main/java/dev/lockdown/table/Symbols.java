package dev.lockdown.table;

import dev.lockdown.policy.Expectation;
import dev.lockdown.table.Survey.Line;
import dev.lockdown.verdict.Verdict;

/// A cell in one or two characters.
final class Symbols {
    static final String NOT_ASKED = "·";

    private Symbols() {}

    static String of(Line line) {
        var expected = expected(line.expectation());
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

    static String expected(Expectation expectation) {
        return switch (expectation) {
            case Expectation.Allowed _ -> "✓";
            case Expectation.Denied _ -> "✗";
            case Expectation.Split _ -> "±";
            case Expectation.Unspecified _ -> "?";
        };
    }
}

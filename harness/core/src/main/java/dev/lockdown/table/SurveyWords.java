package dev.lockdown.table;

import dev.lockdown.policy.Expectation;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wording;
import java.util.Locale;

/// The words of the JSON forms.
public final class SurveyWords {
    private SurveyWords() {}

    public static String expected(Expectation expectation) {
        return switch (expectation) {
            case Expectation.Allowed _ -> "allowed";
            case Expectation.Denied _ -> "denied";
            case Expectation.Split _ -> "mixed";
            case Expectation.Unspecified _ -> "unspecified";
        };
    }

    static String observed(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> "open";
            case Verdict.Blocked _ -> "blocked";
            case Verdict.Mixed _ -> "mixed";
            case Verdict.Inconclusive _ -> "inconclusive";
        };
    }

    static String how(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> "connected";
            case Verdict.Blocked(var manner, _) -> manner.name().toLowerCase(Locale.ROOT);
            case Verdict.Mixed _ -> "mixed";
            case Verdict.Inconclusive(var doubt) -> Wording.of(doubt);
        };
    }
}

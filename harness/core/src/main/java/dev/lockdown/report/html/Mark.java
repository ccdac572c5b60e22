package dev.lockdown.report.html;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Symbol;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import dev.lockdown.verdict.Wording;
import java.util.Locale;

/// How something ended, three times over: as a symbol, as a word, and as a tone, which is only a colour.
record Mark(String symbol, String word, String tone) {
    static Mark of(Status status) {
        return new Mark(Symbol.of(status), status.name().toLowerCase(Locale.ROOT), tone(status));
    }

    static Mark of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> new Mark("✓", Wording.of(verdict), "open");
            case Verdict.Blocked _ -> new Mark("✗", Wording.of(verdict), "blocked");
            case Verdict.Mixed _, Verdict.Inconclusive _ -> new Mark("?", Wording.of(verdict), "unclear");
        };
    }

    static Mark of(Wanted wanted) {
        return switch (wanted) {
            case OPEN -> new Mark("✓", Wording.of(wanted), "open");
            case BLOCKED -> new Mark("✗", Wording.of(wanted), "blocked");
            case MIXED -> new Mark("?", Wording.of(wanted), "unclear");
        };
    }

    private static String tone(Status status) {
        return switch (status) {
            case PASSED -> "good";
            case FAILED, BROKEN -> "bad";
            case INCONCLUSIVE -> "doubt";
            case SKIPPED -> "quiet";
        };
    }
}

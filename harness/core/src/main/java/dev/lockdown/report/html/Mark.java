package dev.lockdown.report.html;

import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Symbol;
import java.util.Locale;

/// How something ended, three times over: as a symbol, as a word, and as a tone, which is only a colour.
record Mark(String symbol, String word, String tone) {
    static Mark of(Status status) {
        return new Mark(Symbol.of(status), status.name().toLowerCase(Locale.ROOT), tone(status));
    }

    /// Of a verdict such as `blocked (dropped)`.
    static Mark of(String verdict) {
        if (verdict.startsWith("open")) return new Mark("✓", verdict, "open");
        if (verdict.startsWith("blocked")) return new Mark("✗", verdict, "blocked");
        return new Mark("?", verdict, "unclear");
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

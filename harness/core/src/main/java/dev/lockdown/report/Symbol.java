package dev.lockdown.report;

import dev.lockdown.journal.Entry.Status;

/// One character for how it ended.
public final class Symbol {
    private Symbol() {}

    public static String of(Status status) {
        return switch (status) {
            case PASSED -> "✓";
            case FAILED -> "✗";
            case BROKEN -> "!";
            case INCONCLUSIVE -> "?";
            case SKIPPED -> "–";
        };
    }
}

package dev.lockdown.report.text;

import dev.lockdown.journal.Entry.Status;

/// One character for how it ended.
final class Symbol {
    private Symbol() {}

    static String of(Status status) {
        return switch (status) {
            case PASSED -> "✓";
            case FAILED -> "✗";
            case BROKEN -> "!";
            case INCONCLUSIVE -> "?";
            case SKIPPED -> "-";
        };
    }
}

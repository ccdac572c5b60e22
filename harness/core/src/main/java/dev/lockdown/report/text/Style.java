package dev.lockdown.report.text;

import dev.lockdown.journal.Entry.Status;

/// What a piece of text means; its colour only repeats what the text says. The sixteen colours alone, so that the terminal's
/// own theme keeps them readable.
enum Style {
    PLAIN(""), BOLD("1"), DIM("2"), GOOD("32"), BAD("1;31"), DOUBT("1;33"), GUTTER("34");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Style of(Status status) {
        return switch (status) {
            case PASSED -> GOOD;
            case FAILED, BROKEN -> BAD;
            case INCONCLUSIVE -> DOUBT;
            case SKIPPED -> DIM;
        };
    }
}

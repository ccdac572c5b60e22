package dev.lockdown.history;

import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Verdict;

/// What the network did with a flow, in one letter of a digest.
public enum FlowResult {
    OPEN('o', "open"), DROPPED('d', "blocked (dropped)"), REJECTED('r', "blocked (rejected)"), MIXED('m', "mixed"), INCONCLUSIVE('i',
        "inconclusive");

    private final char letter;
    private final String words;

    FlowResult(char letter, String words) {
        this.letter = letter;
        this.words = words;
    }

    public static FlowResult of(Cell cell) {
        return switch (cell.verdict()) {
            case Verdict.Open _ -> OPEN;
            case Verdict.Blocked(var manner, _) -> manner == Verdict.Manner.REJECTED ? REJECTED : DROPPED;
            case Verdict.Mixed _ -> MIXED;
            case Verdict.Inconclusive _ -> INCONCLUSIVE;
        };
    }

    /// Whether two differ as verdicts: how something is blocked is not one.
    public boolean isOtherVerdict(FlowResult other) {
        return this != other && !(isBlocked() && other.isBlocked());
    }

    public boolean isBlocked() {
        return this == DROPPED || this == REJECTED;
    }

    /// What it is called in reports.
    public String words() {
        return words;
    }

    char letter() {
        return letter;
    }

    /// @throws IllegalArgumentException if there is none of that letter
    static FlowResult ofLetter(char letter) {
        for (var seen : values()) if (seen.letter == letter) return seen;
        throw new IllegalArgumentException("no verdict has the letter " + letter);
    }
}

package dev.lockdown.spec.words;

import dev.lockdown.verdict.Wanted;

/// The verb of a verdict: what must hold now, and what must have held before.
public enum Can {
    CAN("can", Wanted.OPEN, Before.ANYTHING), CANNOT("cannot", Wanted.BLOCKED, Before.ANYTHING),
    /// Now as in the baseline.
    CAN_STILL("can still", Wanted.OPEN, Before.OPEN_IN_BASELINE),
    /// No more as in the baseline.
    CAN_NO_LONGER("can no longer", Wanted.BLOCKED, Before.OPEN_IN_BASELINE),
    /// After an earlier step saw it blocked.
    CAN_AGAIN("can again", Wanted.OPEN, Before.BLOCKED_EARLIER);

    public static final String REGEX = "can no longer|can still|can again|cannot|can";

    private final String words;
    public final Wanted wanted;
    public final Before before;

    Can(String words, Wanted wanted, Before before) {
        this.words = words;
        this.wanted = wanted;
        this.before = before;
    }

    public enum Before {
        ANYTHING, OPEN_IN_BASELINE, BLOCKED_EARLIER
    }

    public static Can parse(String text) {
        for (var can : values()) if (can.words.equals(text)) return can;
        throw new IllegalArgumentException(text);
    }
}

package dev.lockdown.rules;

/// Whether a rule's condition is met by a packet of which not everything is known.
enum Truth {
    NO, UNKNOWN, YES;

    static Truth of(boolean met) {
        return met ? YES : NO;
    }

    Truth negatedIf(boolean negated) {
        if (!negated || this == UNKNOWN) return this;
        return this == YES ? NO : YES;
    }

    /// Both at once.
    Truth and(Truth other) {
        return compareTo(other) < 0 ? this : other;
    }
}

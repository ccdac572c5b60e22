package dev.lockdown.rehearsal;

import dev.lockdown.policy.Expectation;
import dev.lockdown.verdict.Verdict;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;

/// What became of a flow, or of all flows of a need.
public enum Seen {
    OPEN, BLOCKED,
    /// To some of the pods, or from some of them.
    SOME,
    /// Nobody could tell, or the API leaves it to the implementation.
    UNKNOWN;

    static Seen of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> OPEN;
            case Verdict.Blocked _ -> BLOCKED;
            case Verdict.Mixed _ -> SOME;
            case Verdict.Inconclusive _ -> UNKNOWN;
        };
    }

    static Seen of(Expectation expectation) {
        return switch (expectation) {
            case Expectation.Allowed _ -> OPEN;
            case Expectation.Denied _ -> BLOCKED;
            case Expectation.Split _ -> SOME;
            case Expectation.Unspecified _ -> UNKNOWN;
        };
    }

    /// What a need has whose flows were seen so; unknown where there are none.
    static Seen all(Collection<Seen> flows) {
        var kinds = EnumSet.noneOf(Seen.class);
        kinds.addAll(flows);
        if (kinds.size() == 1) return kinds.iterator().next();
        return kinds.isEmpty() || kinds.contains(UNKNOWN) ? UNKNOWN : SOME;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

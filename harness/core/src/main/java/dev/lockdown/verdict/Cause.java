package dev.lockdown.verdict;

import dev.lockdown.policy.Expectation;
import org.jspecify.annotations.Nullable;

/// The usual causes of a cell that differs.
public enum Cause {
    /// Only some of the ways are open: backends, or a question and not its answer.
    SOME_WAYS_ONLY,
    /// It is open, the policies allow it, and the step wants it blocked: a policy is missing or selects too little.
    STEP_AGAINST_ALLOWANCE,
    /// It is blocked, the policies deny it, and the step wants it open: an allowance is missing.
    STEP_AGAINST_DENIAL,
    /// It is open though denied, and the cluster rewrites the source's address, so that the policy does not recognise it.
    SOURCE_REWRITTEN,
    /// It is open though denied.
    NOT_ENFORCED,
    /// It is blocked though allowed.
    STALE_RULES,
    /// The API leaves it open.
    LEFT_OPEN,
    /// The policies allow some of a Service's backends only.
    SOME_BACKENDS_ALLOWED;

    /// Give the cause that fits a cell, or null where none is known.
    static @Nullable Cause of(Cell cell) {
        return switch (cell.verdict()) {
            case Verdict.Open _ -> ofOpen(cell);
            case Verdict.Blocked _ -> ofBlocked(cell);
            case Verdict.Mixed _ -> SOME_WAYS_ONLY;
            case Verdict.Inconclusive _ -> null;
        };
    }

    private static @Nullable Cause ofOpen(Cell cell) {
        return switch (cell.expectation()) {
            case Expectation.Allowed _ -> STEP_AGAINST_ALLOWANCE;
            case Expectation.Denied _ -> cell.translatedFrom() == null ? NOT_ENFORCED : SOURCE_REWRITTEN;
            case Expectation.Unspecified _ -> LEFT_OPEN;
            case Expectation.Split _ -> SOME_BACKENDS_ALLOWED;
            case null -> null;
        };
    }

    private static @Nullable Cause ofBlocked(Cell cell) {
        return switch (cell.expectation()) {
            case Expectation.Denied _ -> STEP_AGAINST_DENIAL;
            case Expectation.Allowed _ -> STALE_RULES;
            case Expectation.Unspecified _ -> LEFT_OPEN;
            case Expectation.Split _ -> SOME_BACKENDS_ALLOWED;
            case null -> null;
        };
    }
}

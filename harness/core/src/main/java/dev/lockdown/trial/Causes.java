package dev.lockdown.trial;

import dev.lockdown.flow.Outcome;
import dev.lockdown.policy.Expectation;
import org.jspecify.annotations.Nullable;

/// The usual causes that fit the evidence of a finding that differs.
final class Causes {

    private Causes() {}

    static @Nullable String likely(Finding finding) {
        return switch (finding.verdict()) {
            case Verdict.Open _ -> opened(finding);
            case Verdict.Blocked _ -> blocked(finding);
            case Verdict.Mixed _ -> "only some of the ways are allowed: compare the backends, or the question with its answer";
            case Verdict.Inconclusive _ -> null;
        };
    }

    private static @Nullable String opened(Finding finding) {
        return switch (finding.expectation()) {
            case Expectation.Allowed _ ->
                "the policies allow it, so the step and the policies disagree: a policy is missing or selects too little";
            case Expectation.Denied _ -> translated(finding)
                ? "the cluster rewrites the source's address on the way, so the policy does not recognise it"
                : "the data plane does not enforce what the policies say";
            case Expectation.Unspecified(var reference, _) -> "the API leaves this open: " + reference;
            case Expectation.Split _ -> "the policies allow some backends only";
            case null -> null;
        };
    }

    private static @Nullable String blocked(Finding finding) {
        return switch (finding.expectation()) {
            case Expectation.Denied(var because) -> "the policies deny it, so the step and the policies disagree: "
                + (because.isEmpty() ? "an allowance is missing" : because.getLast());
            case Expectation.Allowed _ -> "the policies allow it, but the data plane does not: its rules are stale or wrong";
            case Expectation.Unspecified(var reference, _) -> "the API leaves this open: " + reference;
            case Expectation.Split _ -> "the policies allow some backends only";
            case null -> null;
        };
    }

    private static boolean translated(Finding finding) {
        return finding.observations().stream().map(o -> o.outcome()).anyMatch(o -> o instanceof Outcome.Connected(_, _, var source)
            && !source.isEmpty() && finding.evidence().stream().anyMatch(e -> e.startsWith("source translated")));
    }
}

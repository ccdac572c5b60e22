package dev.lockdown.trial;

import dev.lockdown.flow.Outcome;
import java.time.Duration;
import java.util.Locale;

/// Outcomes and verdicts in words for people.
final class Words {

    private Words() {}

    static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Connected(var roundTrip, var by, _) -> "%s answered in %s".formatted(by, of(roundTrip));
            case Outcome.Resolved(var roundTrip, var addresses) -> "resolved to %s in %s".formatted(briefly(addresses), of(roundTrip));
            case Outcome.Misdirected(var by) -> "somebody else answered: %s".formatted(by);
            case Outcome.Refused _ -> "refused at once";
            case Outcome.Unreachable(var icmp) -> "ICMP unreachable (%s)".formatted(icmp.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            case Outcome.TimedOut(var after, var lost) -> switch (lost) {
                case REPLY -> "the question arrived, its answer did not come back in " + of(after);
                case REQUEST -> "no answer in %s; the question did not arrive".formatted(of(after));
                case UNKNOWN -> "no answer in " + of(after);
            };
            case Outcome.Unresolved(var name, var why) -> "%s was not resolved: %s".formatted(name, why);
            case Outcome.ProbeFailed(var cause) -> "the probe could not be made: %s".formatted(cause);
        };
    }

    static String of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open _ -> "open";
            case Verdict.Blocked(var manner, _) -> "blocked (%s)".formatted(manner.name().toLowerCase(Locale.ROOT));
            case Verdict.Mixed _ -> "mixed";
            case Verdict.Inconclusive _ -> "inconclusive";
        };
    }

    static String of(Duration duration) {
        double ms = duration.toNanos() / 1e6;
        if (ms >= 1000) return String.format(Locale.ROOT, "%.1f s", ms / 1000);
        return String.format(Locale.ROOT, ms >= 10 ? "%.0f ms" : "%.1f ms", ms);
    }

    private static String briefly(java.util.List<String> addresses) {
        return addresses.size() <= 3 ? String.join(", ", addresses)
            : "%s and %d more".formatted(addresses.getFirst(), addresses.size() - 1);
    }
}

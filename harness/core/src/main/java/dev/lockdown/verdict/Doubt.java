package dev.lockdown.verdict;

import dev.lockdown.flow.Outcome;
import java.time.Duration;
import java.util.List;

/// Why a verdict is inconclusive.
public sealed interface Doubt {
    /// The outcome itself says nothing about policies.
    record UnclearOutcome(Outcome outcome) implements Doubt {}

    /// The flow was silent, and nothing shows that it would have worked.
    record NoControl(Outcome outcome, Lack lack) implements Doubt {}

    /// Some of a Service's backends answered; the others may be down rather than blocked.
    record UnprovenBackends(Lack lack) implements Doubt {}

    /// The address answers, but its name does not resolve, so no application gets there.
    record UnresolvedName(Outcome ofName) implements Doubt {}

    /// The last change was not seen to be enforced everywhere, so nothing that is seen counts as the state after it.
    ///
    /// @param laggards at least one
    record NotEnforced(List<Laggard> laggards, Duration waited) implements Doubt {
        public NotEnforced {
            laggards = List.copyOf(laggards);
        }
    }
}

package dev.lockdown.comparison;

import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import java.util.List;

/// Two runs, and what is otherwise in the second.
///
/// @param changes scenarios first, then flows, manners, fates, traits and times, each kind in the order of the features
/// @param onlyBefore scenarios that the second run does not have
/// @param compared how many scenarios, and verdicts of flows, were found in both
public record Comparison(RunInfo before, RunInfo after, List<Change> changes, List<ScenarioDigest.Key> onlyBefore,
        List<ScenarioDigest.Key> onlyAfter, Compared compared) {
    public Comparison {
        changes = List.copyOf(changes);
        onlyBefore = List.copyOf(onlyBefore);
        onlyAfter = List.copyOf(onlyAfter);
    }

    /// @param traits answers of fingerprints
    public record Compared(int scenarios, long verdicts, int times, int traits) {
        public boolean isNothing() {
            return scenarios == 0 && traits == 0;
        }
    }

    public <C extends Change> List<C> of(Class<C> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Whether the network behaves otherwise: by a verdict, by the end of a scenario, by the fate of a connection, by a trait. How something
    /// is blocked, and how long something takes, is no verdict.
    public boolean isOtherwise() {
        return changes.stream().anyMatch(change -> switch (change) {
            case Change.OfScenario _, Change.OfFlow _, Change.OfFate _, Change.OfTrait _ -> true;
            case Change.OfManner _, Change.OfTime _ -> false;
        });
    }
}

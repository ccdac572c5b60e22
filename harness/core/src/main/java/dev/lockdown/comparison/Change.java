package dev.lockdown.comparison;

import dev.lockdown.history.FlowKey;
import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.history.ScenarioDigest;
import org.jspecify.annotations.Nullable;

/// Something that is otherwise in the second of two runs.
public sealed interface Change {

    /// A scenario ended otherwise.
    ///
    /// @param place where it stands in the second run
    /// @param problem of the run in which it is worse, in one line, or null
    record OfScenario(ScenarioDigest.Key scenario, String place, Ended before, Ended after, @Nullable String problem) implements Change {}

    /// A flow has another verdict.
    ///
    /// @param place of the step in the second run
    record OfFlow(ScenarioDigest.Key scenario, String place, String step, FlowKey flow, FlowVerdict before, FlowVerdict after)
            implements
                Change {}

    /// What was dropped is rejected, or the other way, throughout a scenario.
    ///
    /// @param how the protocol, or what else was asked
    /// @param rejected whether it is rejected in the second run
    /// @param flows that are blocked in both
    record OfManner(ScenarioDigest.Key scenario, String place, String how, boolean rejected, int flows) implements Change {}

    /// Another fate of a held connection.
    record OfFate(ScenarioDigest.Key scenario, String place, String flow, String before, String after) implements Change {}

    /// Another answer in the cluster's fingerprint.
    record OfTrait(String id, @Nullable String before, @Nullable String after) implements Change {}

    /// Windows, or the times until changes are enforced, are longer or shorter, beyond the noise.
    ///
    /// @param scenario null where it is about the whole run
    /// @param what in words
    record OfTime(ScenarioDigest.@Nullable Key scenario, String place, String what, Times before, Times after,
            double p) implements Change {}

    /// A sample of times.
    record Times(int count, long medianMicros) {}
}

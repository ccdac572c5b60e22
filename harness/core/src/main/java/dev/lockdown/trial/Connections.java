package dev.lockdown.trial;

import dev.lockdown.chaos.FateClaim;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.flow.Flow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The connections that a scenario holds open.
public sealed interface Connections permits HeldConnections, DryConnections {

    /// Open a connection, and hold it until the scenario ends.
    ///
    /// @param interval between two beats of a direction, or null for what is usual on the cluster
    void hold(Flow flow, @Nullable Duration interval, int line);

    /// Find out what the beats of a held connection prove.
    ///
    /// @throws FateError if the claim does not hold, or cannot be decided
    /// @throws dev.lockdown.state.InputException if the connection is not held
    FateVerdict fate(Flow flow, FateClaim claim, int line);
}

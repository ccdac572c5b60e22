package dev.lockdown.rehearsal;

import dev.lockdown.flow.Flow;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.util.List;

/// Where shadow pods stand and flows are asked: a cluster, or the oracle alone.
interface Stage {
    ClusterState state();

    Addresses addresses();

    void apply(List<Change> changes);

    /// @return in the order of the flows
    List<Seen> ask(List<Flow> flows);

    /// What the policies demand as the stage is now.
    Oracle oracle();

    /// What people call it.
    String description();
}

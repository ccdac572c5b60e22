package dev.lockdown.rehearsal;

import dev.lockdown.flow.Flow;
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

    /// Say why the policies refuse a flow, the short reason first.
    List<String> because(Flow flow);

    /// Give the policies that decide a flow, as `shop/allow-web`.
    List<String> deciding(Flow flow);

    /// What people call it.
    String description();
}

package dev.lockdown.policy;

import dev.lockdown.flow.Flow;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import java.util.List;

/// Says what the policies of a cluster state demand of a flow.
public final class Oracle {
    public Oracle(ClusterState state, Addresses addresses) {}

    public Expectation expect(Flow flow) {
        return new Expectation.Allowed(List.of());
    }
}

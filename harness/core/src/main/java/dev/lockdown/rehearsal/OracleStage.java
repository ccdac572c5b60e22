package dev.lockdown.rehearsal;

import dev.lockdown.flow.Flow;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.util.List;

/// No cluster: what the policies demand.
final class OracleStage implements Stage {
    private final Addresses addresses;
    private ClusterState state;
    private Oracle oracle;

    OracleStage(ClusterState state, Addresses addresses) {
        this.state = state;
        this.addresses = addresses;
        this.oracle = new Oracle(state, addresses);
    }

    @Override
    public ClusterState state() {
        return state;
    }

    @Override
    public Addresses addresses() {
        return addresses;
    }

    @Override
    public void apply(List<Change> changes) {
        state = state.after(changes);
        oracle = new Oracle(state, addresses);
    }

    @Override
    public List<Seen> ask(List<Flow> flows) {
        return flows.stream().map(f -> Seen.of(oracle.expect(f))).toList();
    }

    @Override
    public Oracle oracle() {
        return oracle;
    }

    @Override
    public String description() {
        return "nothing was probed";
    }
}

package dev.lockdown.rehearsal;

import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.trial.Trial;
import java.util.List;

/// A cluster, with real connections.
final class TrialStage implements Stage {
    private final Trial trial;

    TrialStage(Trial trial) {
        this.trial = trial;
    }

    @Override
    public ClusterState state() {
        return trial.state();
    }

    @Override
    public Addresses addresses() {
        return trial.addresses();
    }

    @Override
    public void apply(List<Change> changes) {
        if (!changes.isEmpty()) trial.apply(changes, List.of(), 0);
    }

    @Override
    public List<Seen> ask(List<Flow> flows) {
        return trial.answers(flows.stream().<Probe>map(Probe.Reach::of).toList()).stream().map(c -> Seen.of(c.verdict())).toList();
    }

    @Override
    public Oracle oracle() {
        return trial.oracle();
    }

    @Override
    public String description() {
        return trial.capabilities().description();
    }
}

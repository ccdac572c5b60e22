package dev.lockdown.bench;

import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long the oracle takes where every pod has a policy of its own. Each round begins with a new oracle, as a change does.
final class Asking {
    private final Stopwatch watch;
    private final Crowd crowd;
    private final ClusterState state;

    Asking(Stopwatch watch, Crowd crowd) {
        this.watch = watch;
        this.crowd = crowd;
        var changes = new ArrayList<>(List.of(Crowd.namespace()));
        changes.addAll(crowd.starts());
        changes.addAll(crowd.policies());
        state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()))).after(changes);
    }

    Figure everyFlow(Port port, int rounds, Goal goal) {
        var flows = crowd.flows(port);
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < rounds; i++) samples.add(watch.time(() -> expectAll(flows)));
        return new Figure(String.format(Locale.ROOT, "oracle: %,d flows, %,d policies", flows.size(), crowd.pods()), goal, samples,
            Stopwatch.heap());
    }

    private void expectAll(List<Flow> flows) {
        var oracle = new Oracle(state, Addresses.NONE);
        for (var flow : flows)
            if (!(oracle.expect(flow) instanceof Expectation.Allowed)) throw new IllegalStateException(flow + " should be allowed");
    }

    Figure explanation(int rounds, Goal goal) {
        var flow = new Crowd(2).flows(Port.parse("TCP/8081")).getFirst();
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < rounds; i++) samples.add(watch.time(() -> new Oracle(state, Addresses.NONE).explain(flow).lines()));
        return new Figure(String.format(Locale.ROOT, "oracle: one explanation, %,d policies", crowd.pods()), goal, samples,
            Stopwatch.heap());
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Watch;
import dev.lockdown.flow.NamespacedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// What is watched and held all the while that a scenario changes its cluster, and is told of the changes that concern it. Used by one thread
/// at a time.
final class LiveFlows {
    private final ClusterRun run;
    private final Supplier<ProbePlanner> planner;
    private final List<AgentWatch> watches = new ArrayList<>();
    private final List<AgentHold> holds = new ArrayList<>();

    /// @param planner for the state as it is then
    LiveFlows(ClusterRun run, Supplier<ProbePlanner> planner) {
        this.run = run;
        this.planner = planner;
    }

    Watch.Ongoing watch(Watch watch, Watch.Sink sink) {
        var begun = AgentWatch.start(watch, sink, planner.get(), run.clock(), run.watchNumbers(), run.deadlines().travel());
        watches.add(begun);
        return begun;
    }

    Hold.Ongoing hold(Hold hold, Hold.Sink sink) {
        var opened = AgentHold.open(hold, sink, planner.get(), run.clock(), run.watchNumbers(), run.deadlines().travel());
        holds.add(opened);
        return opened;
    }

    /// Pods are about to be started.
    void arriving(Collection<NamespacedName> pods) {
        watches.forEach(w -> w.expect(pods));
    }

    /// Pods are about to be stopped.
    void leaving(Collection<NamespacedName> pods) {
        if (holds.isEmpty()) return;
        var now = planner.get();
        holds.forEach(h -> h.leaving(pods, now));
    }

    /// Go on in the state as it is now.
    void follow() {
        watches.removeIf(AgentWatch::isOver);
        watches.forEach(w -> w.follow(planner.get()));
    }
}

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.flow.NamespacedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        var begun = AgentWatch.start(watch, sink, planner.get(), run.clock(), run.watchNumbers(), run.deadlines().travel(), run.waits());
        watches.add(begun);
        return begun;
    }

    Hold.Ongoing hold(Hold hold, Hold.Sink sink) {
        var opened = AgentHold.open(hold, sink, planner.get(), run.clock(), run.watchNumbers(), run.deadlines().travel());
        holds.add(opened);
        return opened;
    }

    /// Pods are about to be started.
    ///
    /// @return whom a shell in them is to dial until their agents can, `address/port`: nobody where the image has no such shell
    Map<NamespacedName, Set<String>> arriving(Collection<NamespacedName> pods) {
        var targets = new HashMap<NamespacedName, Set<String>>();
        if (watches.isEmpty()) return targets;
        var now = planner.get();
        boolean shell = !run.pods().program("bash", new AgentCalls(run.clock(), run.deadlines().travel())).isEmpty();
        watches.forEach(w -> w.expect(pods, now, shell)
            .forEach((pod, own) -> targets.computeIfAbsent(pod, _ -> new LinkedHashSet<>()).addAll(own)));
        return targets;
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

package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a flow is sampled in one state of the cluster.
///
/// @param source the agent that dials
/// @param listeners the agents of which any may answer; none where others do
record WatchPlan(AgentLink source, DialRequest dial, List<AgentLink> listeners) {
    WatchPlan {
        listeners = List.copyOf(listeners);
    }

    /// @return null as long as one of its ends is not there
    static @Nullable WatchPlan of(ProbePlanner planner, Flow flow) {
        var source = planner.agent(flow.source());
        if (source == null || !(planner.plan(new Probe.Reach(flow, 0)) instanceof ProbePlanner.Plan.Possible(var dial))) return null;
        return new WatchPlan(source, dial, planner.answering(flow));
    }

    /// Whether its datagrams are numbered and kept by who answers.
    boolean isNumbered() {
        return dial.protocol() == Protocol.UDP && dial.exchange() instanceof ExchangeSpec.Echo;
    }
}

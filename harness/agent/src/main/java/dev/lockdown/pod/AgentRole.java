package dev.lockdown.pod;

import dev.lockdown.flow.Port;
import dev.lockdown.probe.Agent;
import java.util.List;

/// Whose part an agent plays, which may change while it runs: its pod is then taken for another. Thread-safe.
final class AgentRole {
    private final Agent agent;
    private final ServedPorts served;
    private final AgentWatches watches;
    private final AgentHolds holds;
    private final UdpReceivers receivers;

    AgentRole(Agent agent, ServedPorts served, AgentWatches watches, AgentHolds holds, UdpReceivers receivers) {
        this.agent = agent;
        this.served = served;
        this.watches = watches;
        this.holds = holds;
        this.receivers = receivers;
    }

    /// Be another. What was watched, held or awaited belongs to who it was, and ends.
    ///
    /// @throws IllegalArgumentException if the identity is not one word of ASCII; then nothing has changed
    synchronized Served become(String identity, List<Port> serves) throws InterruptedException {
        agent.become(identity);
        watches.close();
        holds.close();
        receivers.close();
        return served.serve(serves);
    }
}

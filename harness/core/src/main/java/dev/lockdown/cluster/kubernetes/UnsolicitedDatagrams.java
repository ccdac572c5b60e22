package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import java.time.InstantSource;
import java.util.List;

/// Has one agent send a datagram that answers nothing, and another look whether it comes. Thread-safe.
final class UnsolicitedDatagrams {
    /// As many as a dial has.
    private static final int ATTEMPTS = 3;

    private final ProbePlanner planner;
    private final AgentCalls calls;
    private final InstantSource clock;

    UnsolicitedDatagrams(ProbePlanner planner, AgentCalls calls, InstantSource clock) {
        this.planner = planner;
        this.calls = calls;
        this.clock = clock;
    }

    Observation observe(Probe.Unasked probe, Dialling how) {
        return new Observation(probe, outcome(probe, how), clock.instant(), List.of());
    }

    private Outcome outcome(Probe.Unasked probe, Dialling how) {
        var flow = probe.flow();
        var sender = planner.agent(flow.source());
        var addressee = planner.agent(flow.destination());
        var from = planner.address(flow.source(), flow.family());
        var to = planner.address(flow.destination(), flow.family());
        if (sender == null || addressee == null || from == null || to == null)
            return new ProbeFailed("%s or %s has no agent with an %s address".formatted(flow.source(), flow.destination(), flow.family()));
        if (!(calls.call(addressee, id -> new AgentRequest.OpenReceiver(id, from.getHostAddress()),
            how.deadline()) instanceof AgentResponse.Opened(_, var receiver, var datagram)))
            return new ProbeFailed("%s could not open a port".formatted(flow.destination()));
        int within = (int) how.deadline().toMillis() / ATTEMPTS;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var sent = calls.call(sender,
                id -> new AgentRequest.SendDatagram(id, flow.port().number(), to.getHostAddress(), receiver, datagram), how.deadline());
            if (sent instanceof AgentResponse.Failed(_, var cause))
                return new ProbeFailed("%s could not send: %s".formatted(flow.source(), cause));
            boolean last = attempt == ATTEMPTS;
            if (calls.call(addressee, id -> new AgentRequest.Receive(id, receiver, within, last),
                how.deadline()) instanceof AgentResponse.Received(_, var seen) && seen != null)
                return seen.outcome();
        }
        return new TimedOut(how.deadline(), Lost.REQUEST);
    }
}

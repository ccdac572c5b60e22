package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.dns.StubResolver;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Resolves names as the pods' resolvers do, each question asked by the pod's agent. Thread-safe.
final class NameLookups {
    private static final int DNS_PORT = 53;

    private final ProbePlanner planner;
    private final AgentCalls calls;
    private final InstantSource clock;

    NameLookups(ProbePlanner planner, AgentCalls calls, InstantSource clock) {
        this.planner = planner;
        this.calls = calls;
        this.clock = clock;
    }

    Observation observe(Probe.Resolve probe, Dialling how) {
        if (planner.isAlias(probe.name()))
            throw new UnsupportedException(KubernetesProvision.unresolved(probe.name()));
        var link = planner.agent(probe.source());
        var server = planner.nameServer(probe.family());
        if (link == null || server == null)
            return new Observation(probe, new ProbeFailed("the cluster has no name server"), clock.instant(), List.of());
        var exchange = new AgentExchange(link, server, how);
        var lookup = probe.source() instanceof Endpoint.Pod(var pod)
            ? StubResolver.inNamespace(planner.mapping().namespace(pod.namespace()), exchange) : StubResolver.absolute(exchange);
        var outcome = lookup.resolve(planner.mapping().dns(probe.name()), probe.transport(), probe.family());
        return new Observation(probe, outcome, exchange.ended, List.of());
    }

    /// Has one agent put the questions of one lookup, and notes when the last of them ended.
    private final class AgentExchange implements StubResolver.Exchange {
        private final AgentLink link;
        private final InetAddress server;
        private final Dialling how;
        private Instant ended = clock.instant();

        AgentExchange(AgentLink link, InetAddress server, Dialling how) {
            this.link = link;
            this.server = server;
            this.how = how;
        }

        @Override
        public StubResolver.Result exchange(byte[] query, boolean tcp) {
            var seen = calls.dial(link, new DialRequest(new ExchangeSpec.Dns(query), tcp ? Protocol.TCP : Protocol.UDP,
                server.getHostAddress(), DNS_PORT, 0), how);
            ended = seen.at();
            return seen.answer() != null && seen.outcome() instanceof Outcome.Connected(var roundTrip, _, _)
                ? new StubResolver.Result.Answer(seen.answer(), roundTrip) : new StubResolver.Result.Failed(seen.outcome());
        }
    }
}

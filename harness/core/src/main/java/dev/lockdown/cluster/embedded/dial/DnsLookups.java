package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.dns.StubResolver;
import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.DnsTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Resolves names from a network endpoint, by questions to the cluster's DNS Service.
public final class DnsLookups {
    private static final int PORT = 53;

    private final Dialler dialler;
    private final InetAddress server;

    /// @param server the ClusterIP of DNS
    public DnsLookups(Dialler dialler, InetAddress server) {
        this.dialler = dialler;
        this.server = server;
    }

    /// Whom questions go to.
    InetSocketAddress server() {
        return new InetSocketAddress(server, PORT);
    }

    Observation resolve(Probe.Resolve probe, NetworkEndpoint source, Duration deadline, List<PlannedDial.Listener> nameServers) {
        var asking = new Asking(probe, source, deadline, nameServers);
        var lookup =
            probe.source() instanceof Endpoint.Pod(var pod) ? StubResolver.inNamespace(pod.namespace(), asking)
                : StubResolver.absolute(asking);
        var outcome = lookup.resolve(probe.name(), probe.transport(), probe.family());
        return new Observation(probe, outcome, asking.ended,
            outcome instanceof Outcome.TimedOut || outcome instanceof Outcome.Refused ? asking.drops : List.of());
    }

    private final class Asking implements StubResolver.Exchange {
        private final Probe probe;
        private final NetworkEndpoint source;
        private final Duration deadline;
        private final List<PlannedDial.Listener> nameServers;
        private final List<Drop> drops = new ArrayList<>();
        private Instant ended = Instant.EPOCH;

        Asking(Probe probe, NetworkEndpoint source, Duration deadline, List<PlannedDial.Listener> nameServers) {
            this.probe = probe;
            this.source = source;
            this.deadline = deadline;
            this.nameServers = nameServers;
        }

        @Override
        public StubResolver.Result exchange(byte[] query, boolean tcp) {
            var exchange = DnsTransport.asking(query, tcp);
            var protocol = tcp ? Protocol.TCP : Protocol.UDP;
            var answering = nameServers.stream()
                .map(l -> new PlannedDial.Listener(l.networkEndpoint(), new Port(protocol, l.port().number()))).toList();
            var dial = new PlannedDial.To(probe, source, protocol, server(), 0, exchange, answering);
            var seen = dialler.observe(List.of(dial), deadline).getFirst();
            ended = seen.at();
            drops.clear();
            drops.addAll(seen.drops());
            var answer = exchange.answer();
            return seen.outcome() instanceof Outcome.Connected(var roundTrip, _, _) && answer != null
                ? new StubResolver.Result.Answer(DnsTransport.message(answer, tcp), roundTrip)
                : new StubResolver.Result.Failed(seen.outcome());
        }
    }
}

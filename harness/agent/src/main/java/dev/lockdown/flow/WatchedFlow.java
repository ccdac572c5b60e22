package dev.lockdown.flow;

/// A flow that is sampled again and again, and what each sample asks of it. A [Flow] by itself is asked for nothing but to answer: with a
/// handshake over TCP, by an agent's repeating a nonce over UDP.
public sealed interface WatchedFlow permits Flow, WatchedFlow.Http, WatchedFlow.Lookup {

    /// Who talks to whom, as a policy sees it.
    Flow flow();

    /// What a sample asks, as a question put once.
    default Probe probe() {
        return switch (this) {
            case Lookup(var asked, var name) -> new Probe.Resolve(asked.source(), name, Probe.Transport.UDP, asked.family());
            case Http(var asked) -> Probe.Reach.of(asked);
            case Flow asked -> Probe.Reach.of(asked);
        };
    }

    /// What is asked for over HTTP, with a connection of its own for each request. One that opens and brings no answer is not open.
    ///
    /// @param flow over TCP
    record Http(Flow flow) implements WatchedFlow {
        public Http {
            if (flow.port().protocol() != Protocol.TCP) throw new IllegalArgumentException("HTTP is spoken over TCP");
        }

        @Override
        public String toString() {
            return "%s to %s on HTTP/%s%s".formatted(flow.source(), flow.destination(), Integer.toString(flow.port().number()),
                flow.family() == Family.IPV6 ? " over IPv6" : "");
        }
    }

    /// A question for a name's addresses, over UDP.
    ///
    /// @param flow to the name server; its family is that of the addresses, too
    /// @param name as it stands, without search domains
    record Lookup(Flow flow, String name) implements WatchedFlow {
        public Lookup {
            if (flow.port().protocol() != Protocol.UDP) throw new IllegalArgumentException("names are asked for over UDP");
        }

        @Override
        public String toString() {
            return "%s resolving %s%s".formatted(flow.source(), name, flow.family() == Family.IPV6 ? " over IPv6" : "");
        }
    }
}

package dev.lockdown.flow;

import java.util.List;

/// One question put to the network. Equal probes ask the same, so a baseline is a map from probe to observation.
public sealed interface Probe {

    /// Who asks.
    Endpoint source();

    Family family();

    /// Between whom it goes; a name is asked of nobody in particular.
    default List<Endpoint> ends() {
        return switch (this) {
            case Reach(var flow, _) -> List.of(flow.source(), flow.destination());
            case Unasked(var flow) -> List.of(flow.source(), flow.destination());
            case Ping(var source, var destination, _) -> List.of(source, destination);
            case Resolve resolve -> List.of(resolve.source());
        };
    }

    /// Open a connection (or send a datagram and wait for its answer).
    ///
    /// @param fromPort the source port, or 0 for a fresh ephemeral one
    record Reach(Flow flow, int fromPort) implements Probe {
        public static Reach of(Flow flow) {
            return new Reach(flow, 0);
        }

        @Override
        public Endpoint source() {
            return flow.source();
        }

        @Override
        public Family family() {
            return flow.family();
        }

        @Override
        public String toString() {
            return fromPort == 0 ? flow.toString() : "%s from port %s".formatted(flow, fromPort);
        }
    }

    /// Ask the cluster's DNS for a name, as a pod's resolver does.
    ///
    /// @param family the addresses that are asked for (A or AAAA); the question itself travels over the cluster's first family
    record Resolve(Endpoint source, String name, Transport transport, Family family) implements Probe {
        @Override
        public String toString() {
            return "%s resolves %s%s".formatted(source, name, transport == Transport.EITHER ? "" : " over " + transport);
        }
    }

    /// Send one datagram that answers nothing, from a port that the source serves to a fresh port of the destination.
    ///
    /// @param flow its port is the *source's* port; the destination's is chosen anew for each probe
    record Unasked(Flow flow) implements Probe {
        @Override
        public Endpoint source() {
            return flow.source();
        }

        @Override
        public Family family() {
            return flow.family();
        }

        @Override
        public String toString() {
            return "%s sends %s an unasked datagram from %s".formatted(flow.source(), flow.destination(), flow.port());
        }
    }

    /// Send an ICMP echo request, or ICMPv6's, and wait for the reply (RFC 792, RFC 4443).
    record Ping(Endpoint source, Endpoint destination, Family family) implements Probe {
        @Override
        public String toString() {
            return "%s to %s on ICMP%s".formatted(source, destination, family == Family.IPV6 ? " over IPv6" : "");
        }
    }

    /// How a name is asked for.
    enum Transport {
        /// UDP first, then TCP when the answer was truncated (RFC 1035 section 4.2.1), as resolvers do.
        EITHER, UDP, TCP
    }
}

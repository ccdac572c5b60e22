package dev.lockdown.history;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Probe;

/// What was asked of the network, by which it is found again in another run.
///
/// @param from who asked, in the text form of [dev.lockdown.flow.Endpoint]
/// @param to the same, or the name that was to be resolved
/// @param how `TCP/8080`, `ICMP`, `DNS` and the like, with the family where it is IPv6
public record FlowKey(String from, String to, String how) implements Comparable<FlowKey> {

    public static FlowKey of(Probe probe) {
        return switch (probe) {
            case Probe.Reach(var flow, var fromPort) -> new FlowKey(flow.source().toString(), flow.destination().toString(),
                (fromPort == 0 ? flow.port().toString() : "%s from port %s".formatted(flow.port(), Integer.toString(fromPort)))
                    + over(flow.family()));
            case Probe.Unasked(var flow) -> new FlowKey(flow.source().toString(), flow.destination().toString(),
                "an unasked datagram from %s".formatted(flow.port()) + over(flow.family()));
            case Probe.Ping(var source, var destination, var family) ->
                new FlowKey(source.toString(), destination.toString(), "ICMP" + over(family));
            case Probe.Resolve(var source, var name, var transport, var family) -> new FlowKey(source.toString(), name,
                (transport == Probe.Transport.EITHER ? "DNS" : "DNS over " + transport) + (family == Family.IPV6 ? " for AAAA" : ""));
        };
    }

    private static String over(Family family) {
        return family == Family.IPV6 ? " over IPv6" : "";
    }

    @Override
    public int compareTo(FlowKey other) {
        int byFrom = from.compareTo(other.from);
        if (byFrom != 0) return byFrom;
        int byTo = to.compareTo(other.to);
        return byTo != 0 ? byTo : how.compareTo(other.how);
    }

    @Override
    public String toString() {
        return "%s to %s on %s".formatted(from, to, how);
    }
}

package dev.lockdown.journal;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;

/// The flow of which the reasons of a probe speak unless they say otherwise: its own, or a name's way to the cluster's DNS.
final class ReasonedFlow {
    private static final Endpoint DNS = new Endpoint.Service(new NamespacedName("kube-system", "kube-dns"));

    private ReasonedFlow() {}

    static Flow of(Probe probe) {
        return switch (probe) {
            case Probe.Reach(var flow, _) -> flow;
            case Probe.Unasked(var flow) -> flow;
            case Probe.Ping(var source, var destination, var family) -> new Flow(source, destination, new Port(Protocol.TCP, 1), family);
            case Probe.Resolve(var source, _, var transport, var family) ->
                new Flow(source, DNS, new Port(transport == Probe.Transport.TCP ? Protocol.TCP : Protocol.UDP, 53), family);
        };
    }
}

package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.dial.DropMonitor;
import dev.lockdown.cluster.embedded.netpol.Firewall;
import dev.lockdown.flow.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes connection tracking forget the connections that are denied now, once the rules are in force. Its next packet is then judged as the
/// first of a new connection: over TCP none can begin in the middle, and over UDP it is one of whoever sends first, which may be the server.
record ForgetDenied(List<DropMonitor> monitors, Firewall firewall) implements Part {
    @Override
    public void follow(Snapshot now) {
        var denied = firewall.denied();
        for (var monitor : monitors)
            monitor.forgetConnections(c -> protocol(c.protocol()).filter(
                p -> denied.test(monitor.node(), c.source().getAddress(), c.replier().getAddress(), p, c.replier().getPort())).isPresent());
    }

    private static Optional<Protocol> protocol(int number) {
        return Arrays.stream(Protocol.values()).filter(p -> p.number() == number).findFirst();
    }
}

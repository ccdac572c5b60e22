package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.SourcePorts;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The source ports of all samples of a cluster. Whoever samples from an address goes on where the one before ended, be it another watch,
/// or the same after a pod was made anew: connection tracking would answer for an address and port that it remembers.
///
/// These ports are below those of other dials. A SYN to a connection that was reset is a new one to connection tracking; for datagrams it
/// must forget before a port comes again.
public final class WatchPorts {
    static final int LAST = 9_999;
    private static final int FIRST = 1025;

    private final Runnable forget;
    private final Map<Source, SourcePorts> ports = new ConcurrentHashMap<>();

    private record Source(InetAddress own, Protocol protocol) {}

    /// @param forget makes connection tracking forget what it knows
    public WatchPorts(Runnable forget) {
        this.forget = forget;
    }

    SourcePorts of(InetAddress own, Protocol protocol) {
        return ports.computeIfAbsent(new Source(own, protocol),
            _ -> SourcePorts.rotating(FIRST, LAST, FIRST, protocol == Protocol.UDP ? forget : () -> {}));
    }
}

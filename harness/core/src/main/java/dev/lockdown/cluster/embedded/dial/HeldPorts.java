package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.probe.SourcePorts;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Source ports of connections that are held open: below those of dials and samples, so that by its port alone one is told from the other
/// when connection tracking has to forget what ended.
public final class HeldPorts {
    private static final int FIRST = 512;
    private static final int LAST = 1023;

    private final Map<InetAddress, SourcePorts> ports = new ConcurrentHashMap<>();

    /// One that was not used from this address for as long as can be.
    public int next(InetAddress own) {
        return ports.computeIfAbsent(own, _ -> SourcePorts.rotating(FIRST, LAST, FIRST, () -> {})).next();
    }

    static boolean include(int port) {
        return port >= FIRST && port <= LAST;
    }
}

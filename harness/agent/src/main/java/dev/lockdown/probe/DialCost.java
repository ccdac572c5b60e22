package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/// What one sample costs a process, measured on its own loopback: connections to a port that nobody accepts from.
final class DialCost {
    /// The first are slower, since the machine code is not made yet.
    private static final int UNCOUNTED = 100;
    private static final int COUNTED = 50;

    private DialCost() {}

    /// Measure it.
    ///
    /// @param family of which the process has a loopback address
    static Duration measure(Sockets sockets, Family family) throws IOException {
        var loopback = InetAddress.ofLiteral(family == Family.IPV4 ? "127.0.0.1" : "::1");
        try (var listener = sockets.listener(family)) {
            listener.bind(new InetSocketAddress(loopback, 0), UNCOUNTED + COUNTED);
            var line = new Line(sockets, Protocol.TCP, (InetSocketAddress) listener.getLocalAddress(), loopback, SourcePorts.ephemeral());
            var took = new long[COUNTED];
            for (int i = -UNCOUNTED; i < COUNTED; i++) {
                long began = System.nanoTime();
                Sample.send(line, null, 0, Long.MAX_VALUE).close();
                if (i >= 0) took[i] = System.nanoTime() - began;
            }
            Arrays.sort(took);
            return Duration.ofNanos(took[COUNTED / 2]);
        }
    }
}

package dev.lockdown.probe.sample;

import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.SourcePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.LongStream;

/// What one sample costs a process: dials of the flow itself, of which much is done by the kernel within the call.
public final class DialCost {
    /// The first are slower, since the machine code is not made yet.
    private static final int WARM_UP = 100;
    private static final int COUNTED = 15;
    private static volatile boolean warm;

    private DialCost() {}

    /// Measure it by some dials, whose answers nobody waits for.
    static Duration measure(FlowSampler.Target target) throws IOException {
        warmUp(target.line());
        var took = new long[COUNTED];
        for (int i = 0; i < COUNTED; i++) {
            long began = System.nanoTime();
            // Numbers below zero are of no series.
            Sample.send(target.line(), target.questions() == null ? null : target.questions().apply(-1 - i), 0, Long.MAX_VALUE).close();
            took[i] = System.nanoTime() - began;
        }
        // The least: on a busy machine the others tell what it does besides. Ticks that are missed for it are counted.
        return Duration.ofNanos(LongStream.of(took).min().orElseThrow());
    }

    /// On the loopback, from which nobody accepts.
    private static void warmUp(Line like) throws IOException {
        if (warm) return;
        try (var listener = like.sockets().listener(like.family())) {
            listener.bind(new InetSocketAddress(loopback(like), 0), WARM_UP);
            var line = new Line(like.sockets(), Protocol.TCP, (InetSocketAddress) listener.getLocalAddress(), loopback(like),
                SourcePorts.ephemeral());
            for (int i = 0; i < WARM_UP; i++) Sample.send(line, null, 0, Long.MAX_VALUE).close();
        }
        warm = true;
    }

    private static InetAddress loopback(Line like) {
        return InetAddress.ofLiteral(switch (like.family()) {
            case IPV4 -> "127.0.0.1";
            case IPV6 -> "::1";
        });
    }
}

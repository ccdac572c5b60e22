package dev.lockdown.probe.held;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/// What a beat costs a process: sending one and hearing one, of which much is done by the kernel within the calls.
public final class BeatCost {
    /// The first are slower, since the machine code is not made yet.
    private static final int WARM_UP = 200;
    private static final int COUNTED = 50;

    private BeatCost() {}

    /// Measure it by datagrams of this process to itself.
    public static Duration measure() throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.connect(channel.getLocalAddress());
            var beat = ByteBuffer.allocate(Long.BYTES);
            long least = Long.MAX_VALUE;
            for (int i = -WARM_UP; i < COUNTED; i++) {
                long began = System.nanoTime();
                channel.write(beat.clear());
                channel.read(beat.clear());
                long took = System.nanoTime() - began;
                // The least: on a busy machine the others tell what it does besides.
                if (i >= 0) least = Math.min(least, took);
            }
            return Duration.ofNanos(least);
        }
    }
}

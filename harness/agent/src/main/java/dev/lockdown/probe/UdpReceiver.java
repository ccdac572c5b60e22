package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A UDP port that has just been opened and has never sent anything, and so is no end of a connection: a datagram that comes here is
/// unsolicited. Used by one thread at a time.
public final class UdpReceiver implements AutoCloseable {
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final NonceDatagram expected;
    private final ByteBuffer received = ByteBuffer.allocate(256);
    private final long opened = System.nanoTime();

    /// @param channel bound, and non-blocking
    UdpReceiver(DatagramChannel channel, InetSocketAddress local, String addressee) {
        this.channel = channel;
        this.local = local;
        expected = new NonceDatagram(addressee);
    }

    /// Open one whose sender is in another process.
    ///
    /// @param addressee who opens it
    /// @param address of its own
    public static UdpReceiver open(String addressee, Sockets sockets, InetAddress address) throws IOException {
        var channel = sockets.udp(Family.of(address));
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, 0));
            return new UdpReceiver(channel, (InetSocketAddress) channel.getLocalAddress(), addressee);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    public int port() {
        return local.getPort();
    }

    InetSocketAddress local() {
        return local;
    }

    /// The datagram that must be sent here.
    public byte[] expected() {
        var bytes = expected.bytes();
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /// Look once, without waiting.
    ///
    /// @return null if the datagram has not come, or the receiver is closed
    public @Nullable Outcome look() {
        if (!channel.isOpen()) return null;
        try {
            while (true) {
                var sender = (InetSocketAddress) channel.receive(received.clear());
                if (sender == null) return null;
                var seen = expected.received(received.flip(), sender, Duration.ofNanos(System.nanoTime() - opened));
                if (seen != null) return seen;
            }
        } catch (IOException e) {
            close();
            return Failures.outcome(e);
        }
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}

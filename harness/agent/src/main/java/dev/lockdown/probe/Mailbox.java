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

/// A UDP port that has just been opened and has never sent anything, for a datagram that answers nothing: for senders and addressees
/// in two processes. Used by one thread at a time.
public final class Mailbox implements AutoCloseable {
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Letter letter;
    private final ByteBuffer received = ByteBuffer.allocate(256);
    private final long opened = System.nanoTime();

    private Mailbox(DatagramChannel channel, InetSocketAddress local, Letter letter) {
        this.channel = channel;
        this.local = local;
        this.letter = letter;
    }

    /// @param addressee who opens it
    /// @param address of its own
    public static Mailbox open(String addressee, Sockets sockets, InetAddress address) throws IOException {
        var channel = sockets.udp(Family.of(address));
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, 0));
            return new Mailbox(channel, (InetSocketAddress) channel.getLocalAddress(), new Letter(addressee));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    public int port() {
        return local.getPort();
    }

    /// What must be sent here.
    public byte[] letter() {
        var bytes = letter.bytes();
        var letters = new byte[bytes.remaining()];
        bytes.get(letters);
        return letters;
    }

    /// Look once, without waiting.
    ///
    /// @return null if the letter has not come
    public @Nullable Outcome look() {
        try {
            while (true) {
                var sender = (InetSocketAddress) channel.receive(received.clear());
                if (sender == null) return null;
                var seen = letter.received(received.flip(), sender, Duration.ofNanos(System.nanoTime() - opened));
                if (seen != null) return seen;
            }
        } catch (IOException e) {
            return Failures.outcome(e);
        }
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}

package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// Sends one datagram from a port that the sender serves to a port that the addressee has just opened and has never sent from.
final class UnsolicitedAttempt implements Attempt {
    private final Unsolicited unsolicited;
    private @Nullable UdpReceiver receiver;
    private boolean sent;

    UnsolicitedAttempt(Unsolicited unsolicited) {
        this.unsolicited = unsolicited;
    }

    @Override
    public @Nullable Outcome begin(Wakeups wakeups, Wakeups.Ready ready) {
        try {
            var channel = unsolicited.openReceiver();
            try {
                channel.configureBlocking(false);
                var local = unsolicited.bindReceiver(channel);
                if (wakeups != Wakeups.NONE) wakeups.watch(channel, SelectionKey.OP_READ, ready);
                var opened = new UdpReceiver(channel, local, unsolicited.to().agent().identity());
                receiver = opened;
                sent = true;
                unsolicited.send(ByteBuffer.wrap(opened.expected()), local);
            } catch (IOException | RuntimeException e) {
                Closing.quietly(channel);
                throw e;
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Failures.outcome(e);
        }
        return null;
    }

    @Override
    public @Nullable Outcome advance() {
        return receiver == null ? null : receiver.look();
    }

    /// The receiver, which is the fresh end of this attempt.
    @Override
    public @Nullable InetSocketAddress local() {
        return receiver == null ? null : receiver.local();
    }

    @Override
    public boolean hasAsked() {
        return sent;
    }

    @Override
    public void close() {
        if (receiver != null) receiver.close();
    }
}

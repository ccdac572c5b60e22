package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends one datagram from a port that the sender serves to a port that the addressee has just opened and has never sent from.
final class UnaskedAttempt implements Attempt {
    private final Unasked unasked;
    private final Letter letter;
    private final ByteBuffer received = ByteBuffer.allocate(256);
    private @Nullable DatagramChannel mailbox;
    private @Nullable InetSocketAddress local;
    private long began;

    UnaskedAttempt(Unasked unasked) {
        this.unasked = unasked;
        letter = new Letter(unasked.to().agent().identity());
    }

    @Override
    public @Nullable Outcome begin(Wakeups wakeups, Wakeups.Ready ready) {
        try {
            var opened = unasked.openMailbox();
            mailbox = opened;
            opened.configureBlocking(false);
            local = unasked.bindMailbox(opened);
            if (wakeups != Wakeups.NONE) wakeups.watch(opened, SelectionKey.OP_READ, ready);
            began = System.nanoTime();
            unasked.send(letter.bytes(), local);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Failures.outcome(e);
        }
        return null;
    }

    @Override
    public @Nullable Outcome advance() {
        if (mailbox == null || !mailbox.isOpen()) return null;
        try {
            while (true) {
                var sender = (InetSocketAddress) mailbox.receive(received.clear());
                if (sender == null) return null;
                var seen = letter.received(received.flip(), sender, Duration.ofNanos(System.nanoTime() - began));
                if (seen != null) return seen;
            }
        } catch (IOException e) {
            close();
            return Failures.outcome(e);
        }
    }

    /// The mailbox, which is the fresh end of this attempt.
    @Override
    public @Nullable InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean hasAsked() {
        return began != 0;
    }

    @Override
    public void close() {
        if (mailbox != null) Closing.quietly(mailbox);
    }
}

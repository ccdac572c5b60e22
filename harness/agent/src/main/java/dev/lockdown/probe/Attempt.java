package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One attempt of a dial, on a socket of its own.
sealed interface Attempt permits StreamAttempt, UdpAttempt, UnsolicitedAttempt, PingAttempt {

    /// Open the socket and go as far as possible.
    ///
    /// @return what was seen, or null where nothing is decided yet
    @Nullable Outcome begin(Wakeups wakeups, Wakeups.Ready ready);

    /// Go on as far as possible.
    @Nullable Outcome advance();

    /// Its own address and port, or null where the kernel chose them or it never came so far.
    @Nullable InetSocketAddress local();

    /// Whether the far end can have something to answer.
    boolean hasAsked();

    /// Whether nobody can be woken when something comes, so that it must be looked for again and again.
    default boolean mustBePolled() {
        return false;
    }

    /// Give the channel away if it is connected, and leave it open for ever.
    default @Nullable SocketChannel takeConnected() {
        return null;
    }

    /// Close the socket without a goodbye. Repeatable.
    void close();
}

package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.probe.socket.IcmpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sends one ICMP echo request. Whoever has the address answers by its kernel, so that nothing has to listen there, and nobody says who.
final class PingAttempt implements Attempt {
    private static final Nonces NONCES = Nonces.fresh();

    private final Sockets sockets;
    private final InetAddress target;
    private final @Nullable InetAddress source;
    private final long nonce = NONCES.next();
    private @Nullable IcmpSocket socket;
    private @Nullable InetSocketAddress local;
    private long began;

    PingAttempt(Sockets sockets, InetAddress target, @Nullable InetAddress source) {
        this.sockets = sockets;
        this.target = target;
        this.source = source;
    }

    @Override
    public @Nullable Outcome begin(Wakeups wakeups, Wakeups.Ready ready) {
        try {
            var opened = sockets.icmp(Family.of(target));
            socket = opened;
            local = source == null ? null : opened.bind(source);
            began = System.nanoTime();
            opened.send(target, nonce);
        } catch (IOException e) {
            return Failures.outcome(e);
        }
        return advance();
    }

    @Override
    public @Nullable Outcome advance() {
        if (socket == null) return null;
        try {
            return socket.receive(nonce) ? new Connected(Duration.ofNanos(System.nanoTime() - began), target.getHostAddress(), "") : null;
        } catch (IOException e) {
            close();
            return Failures.outcome(e);
        }
    }

    /// Its address, and as port the identifier of its requests.
    @Override
    public @Nullable InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean hasAsked() {
        return began != 0;
    }

    @Override
    public boolean mustBePolled() {
        return true;
    }

    @Override
    public void close() {
        if (socket == null) return;
        socket.close();
        socket = null;
    }
}

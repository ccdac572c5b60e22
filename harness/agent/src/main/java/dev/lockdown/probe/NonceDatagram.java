package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Connected;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An unsolicited datagram: a nonce, by which its addressee knows it from any other.
final class NonceDatagram {
    private static final Nonces NONCES = Nonces.fresh();

    private final long nonce = NONCES.next();
    private final String addressee;

    NonceDatagram(String addressee) {
        this.addressee = addressee;
    }

    ByteBuffer bytes() {
        return Wire.question(nonce, 0);
    }

    /// @return null if the datagram is another one
    @Nullable Outcome received(ByteBuffer datagram, InetSocketAddress sender, Duration onTheWay) {
        if (!datagram.equals(bytes())) return null;
        return new Connected(onTheWay, addressee, sender.getAddress().getHostAddress());
    }
}

package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/// The source and the target of a dial.
///
/// @param sockets where its sockets open
/// @param protocol TCP or UDP
/// @param source the address to bind, or null where the kernel shall choose both address and port
/// @param ports the ports to bind on that address
public record Line(Sockets sockets, Protocol protocol, InetSocketAddress target, @Nullable InetAddress source, SourcePorts ports) {
    private static final int TRIES = 20;

    public Line {
        if (target.isUnresolved()) throw new IllegalArgumentException("%s is not an address".formatted(target));
        if (protocol == Protocol.SCTP) throw new IllegalArgumentException("a dial speaks TCP or UDP, not SCTP");
    }

    public Family family() {
        return Family.of(target.getAddress());
    }

    /// Bind a socket to the source.
    ///
    /// @return the address bound to, or null where the kernel chooses one
    public @Nullable InetSocketAddress bind(NetworkChannel socket) throws IOException {
        return source == null && !ports.fixed() ? null : bound(socket);
    }

    /// Bind a socket to the source in any case.
    InetSocketAddress bound(NetworkChannel socket) throws IOException {
        if (ports.fixed()) socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        for (int tries = 1;; tries++) {
            int port = ports.next();
            var local = source == null ? new InetSocketAddress(port) : new InetSocketAddress(source, port);
            try {
                socket.bind(local);
                return port == 0 ? (InetSocketAddress) socket.getLocalAddress() : local;
            } catch (BindException e) {
                // A server of the pod may have the port that is next in the range.
                if (ports.fixed() || tries == TRIES || !"Address already in use".equals(e.getMessage())) throw e;
            }
        }
    }
}

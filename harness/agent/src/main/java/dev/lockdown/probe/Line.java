package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The source and the target of a dial.
///
/// @param sockets where its sockets open
/// @param source the address to bind, or null where the kernel shall choose both address and port
/// @param ports the ports to bind on that address
public record Line(Sockets sockets, Protocol protocol, InetSocketAddress target, @Nullable InetAddress source, SourcePorts ports) {
    private static final int TRIES = 20;

    public Line {
        if (target.isUnresolved()) throw new IllegalArgumentException("%s is not an address".formatted(target));
    }

    public Family family() {
        return Family.of(target.getAddress());
    }

    /// Open a socket for a connection.
    SocketChannel stream() throws IOException {
        return switch (protocol) {
            case TCP -> sockets.tcp(family());
            case SCTP -> sockets.sctp(family());
            case UDP -> throw new IllegalStateException("UDP has no connections");
        };
    }

    /// Bind a socket to the source.
    ///
    /// @return the address bound to, or null where the kernel chooses one
    public @Nullable InetSocketAddress bind(NetworkChannel socket) throws IOException {
        return source == null && !ports.fixed() && protocol != Protocol.SCTP ? null : bound(socket);
    }

    /// Bind a socket to the source in any case.
    InetSocketAddress bound(NetworkChannel socket) throws IOException {
        if (ports.fixed()) socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        var from = own();
        for (int tries = 1;; tries++) {
            int port = ports.next();
            var local = from == null ? new InetSocketAddress(port) : new InetSocketAddress(from, port);
            try {
                socket.bind(local);
                return port == 0 ? (InetSocketAddress) socket.getLocalAddress() : local;
            } catch (BindException e) {
                // A server of the pod may have the port that is next in the range.
                if (ports.fixed() || tries == TRIES || !"Address already in use".equals(e.getMessage())) throw e;
            }
        }
    }

    /// The address to bind. A socket of SCTP that is bound to none in particular offers all that the machine has (RFC 9260, section 5.1.2), and
    /// what is lost on one way would go another: it gets the one from which the kernel sends there.
    private @Nullable InetAddress own() throws IOException {
        if (protocol != Protocol.SCTP || (source != null && !source.isAnyLocalAddress())) return source;
        try (var asking = sockets.udp(family())) {
            return ((InetSocketAddress) asking.connect(target).getLocalAddress()).getAddress();
        }
    }
}

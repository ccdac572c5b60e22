package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Opens sockets, unbound and in blocking mode. A socket stays for ever in the network where it was opened, so this is all that
/// decides from where an agent speaks.
public interface Sockets {
    SocketChannel tcp(Family family) throws IOException;

    ServerSocketChannel listener(Family family) throws IOException;

    DatagramChannel udp(Family family) throws IOException;

    /// For ICMP echo.
    default IcmpSocket icmp(Family family) throws IOException {
        return IcmpSocket.open(family);
    }

    /// Open sockets in whatever network the calling thread is in.
    static Sockets ofThisProcess() {
        return new Sockets() {
            @Override
            public SocketChannel tcp(Family family) throws IOException {
                return SocketChannel.open(protocolFamily(family));
            }

            @Override
            public ServerSocketChannel listener(Family family) throws IOException {
                return ServerSocketChannel.open(protocolFamily(family));
            }

            @Override
            public DatagramChannel udp(Family family) throws IOException {
                return DatagramChannel.open(protocolFamily(family));
            }
        };
    }

    private static ProtocolFamily protocolFamily(Family family) {
        return family == Family.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }
}

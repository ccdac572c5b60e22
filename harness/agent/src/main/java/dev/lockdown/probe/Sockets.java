package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.socket.IcmpSocket;
import dev.lockdown.probe.socket.StreamSockets;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// Opens sockets, unbound and in blocking mode. A socket stays for ever in the network where it was opened, so this is all that
/// decides from where an agent speaks.
public interface Sockets {
    SocketChannel tcp(Family family) throws IOException;

    ServerSocketChannel listener(Family family) throws IOException;

    DatagramChannel udp(Family family) throws IOException;

    /// For an association of SCTP, of the one-to-one style.
    ///
    /// @throws IOException if the kernel has no SCTP, among others
    default SocketChannel sctp(Family family) throws IOException {
        return StreamSockets.SCTP.channel(family);
    }

    /// For a server of SCTP. On the wildcard address it serves one family alone.
    ///
    /// @throws IOException if the kernel has no SCTP, among others
    default ServerSocketChannel sctpListener(Family family) throws IOException {
        return StreamSockets.SCTP.listener(family);
    }

    /// Ask the kernel whether it has sockets of a protocol.
    ///
    /// @return what stands against them, or nothing
    default Optional<String> lacking(Protocol protocol) {
        if (protocol != Protocol.SCTP) return Optional.empty();
        try (var _ = sctp(Family.IPV4)) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

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

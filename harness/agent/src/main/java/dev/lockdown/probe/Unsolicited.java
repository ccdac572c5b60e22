package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// A datagram that answers nothing: from where it is sent, and to whom.
///
/// @param port from which it is sent: by the sender's own server if that serves UDP there, else by a socket bound for this
/// @param receiverPorts the addressee's fresh ports
public record Unsolicited(End from, int port, End to, SourcePorts receiverPorts) {

    /// @param sockets where this end's sockets open
    public record End(Agent agent, Sockets sockets, InetAddress address) {}

    /// Open a port that has never sent anything.
    DatagramChannel openReceiver() throws IOException {
        return to.sockets.udp(family());
    }

    InetSocketAddress bindReceiver(DatagramChannel receiver) throws IOException {
        var anywhere = new InetSocketAddress(from.address, port);
        return new Line(to.sockets, Protocol.UDP, anywhere, to.address, receiverPorts).bound(receiver);
    }

    void send(ByteBuffer datagram, InetSocketAddress receiver) throws IOException {
        var server = from.agent.udpServer(new Port(Protocol.UDP, port), family());
        if (server != null) {
            server.send(datagram, receiver);
            return;
        }
        try (var socket = from.sockets.udp(family())) {
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            socket.bind(new InetSocketAddress(from.address, port));
            socket.send(datagram, receiver);
        }
    }

    private Family family() {
        return Family.of(to.address);
    }
}

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

/// Who sends whom a datagram that answers nothing.
///
/// @param port from which it is sent: by the sender's own server if that serves UDP there, else by a socket bound for this
/// @param mailboxes the addressee's fresh ports
public record Unasked(End from, int port, End to, SourcePorts mailboxes) {

    /// @param sockets where this end's sockets open
    public record End(Agent agent, Sockets sockets, InetAddress address) {}

    /// Open a port that has never sent anything.
    DatagramChannel openMailbox() throws IOException {
        return to.sockets.udp(family());
    }

    InetSocketAddress bindMailbox(DatagramChannel mailbox) throws IOException {
        var anywhere = new InetSocketAddress(from.address, port);
        return new Line(to.sockets, Protocol.UDP, anywhere, to.address, mailboxes).bound(mailbox);
    }

    void send(ByteBuffer datagram, InetSocketAddress mailbox) throws IOException {
        var server = from.agent.udpServer(new Port(Protocol.UDP, port), family());
        if (server != null) {
            server.send(datagram, mailbox);
            return;
        }
        try (var socket = from.sockets.udp(family())) {
            socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            socket.bind(new InetSocketAddress(from.address, port));
            socket.send(datagram, mailbox);
        }
    }

    private Family family() {
        return Family.of(to.address);
    }
}

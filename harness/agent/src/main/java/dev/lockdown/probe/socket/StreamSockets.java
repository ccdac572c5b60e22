package dev.lockdown.probe.socket;

import dev.lockdown.flow.Family;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Opens stream sockets of one protocol, in the network in which the calling thread is. Over SCTP they are of the one-to-one style (RFC 6458,
/// section 4), which is used as TCP is: a connection is an association of one stream each way, and a reset an ABORT.
///
/// @param name of the protocol, for people
/// @param protocol its number in the IP header
public record StreamSockets(String name, int protocol) {
    public static final StreamSockets SCTP = new StreamSockets("SCTP", 132);

    /// Open a socket that connects. It must be made non-blocking before it is used.
    ///
    /// @throws IOException if the kernel refuses, or has no such protocol
    public SocketChannel channel(Family family) throws IOException {
        return new StreamChannel(open(family), protocol, null);
    }

    /// Open a socket that listens. It must be made non-blocking before it is used.
    ///
    /// @throws IOException if the kernel refuses, or has no such protocol
    public ServerSocketChannel listener(Family family) throws IOException {
        return new StreamListener(open(family), protocol);
    }

    private NativeSocket open(Family family) throws IOException {
        var socket = NativeSocket.open(family, protocol);
        if (socket == null) throw new IOException("this kernel has no " + name);
        return socket;
    }
}

package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import dev.lockdown.probe.socket.StreamSockets;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Sockets of this process whose SCTP goes by another number: a kernel that has no SCTP has TCP, whose sockets are used in the same way.
final class CarriedSctp extends Forwarded {
    static final int TCP = 6;
    static final int SCTP = 132;

    private final int number;

    CarriedSctp(int number) {
        this.number = number;
    }

    StreamSockets streams() {
        return new StreamSockets("protocol " + number, number);
    }

    @Override
    public SocketChannel sctp(Family family) throws IOException {
        return streams().channel(family);
    }

    @Override
    public ServerSocketChannel sctpListener(Family family) throws IOException {
        return streams().listener(family);
    }
}

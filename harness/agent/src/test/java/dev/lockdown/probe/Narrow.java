package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Sockets with small buffers, into which and out of which little goes at once.
final class Narrow implements Sockets {
    private static final int BYTES = 4096;

    private final Sockets sockets = Sockets.ofThisProcess();

    @Override
    public SocketChannel tcp(Family family) throws IOException {
        return sockets.tcp(family).setOption(StandardSocketOptions.SO_SNDBUF, BYTES).setOption(StandardSocketOptions.SO_RCVBUF, BYTES);
    }

    @Override
    public ServerSocketChannel listener(Family family) throws IOException {
        return sockets.listener(family);
    }

    @Override
    public DatagramChannel udp(Family family) throws IOException {
        return sockets.udp(family);
    }
}

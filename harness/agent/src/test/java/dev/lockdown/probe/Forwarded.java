package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// The sockets of this process, of which a test changes some.
public abstract class Forwarded implements Sockets {
    private final Sockets sockets = Sockets.ofThisProcess();

    @Override
    public SocketChannel tcp(Family family) throws IOException {
        return sockets.tcp(family);
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

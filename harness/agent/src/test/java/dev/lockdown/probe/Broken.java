package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Sockets that cannot be opened.
record Broken(String why) implements Sockets {
    @Override
    public SocketChannel tcp(Family family) throws IOException {
        throw new IOException(why);
    }

    @Override
    public ServerSocketChannel listener(Family family) throws IOException {
        throw new IOException(why);
    }

    @Override
    public DatagramChannel udp(Family family) throws IOException {
        throw new IOException(why);
    }
}

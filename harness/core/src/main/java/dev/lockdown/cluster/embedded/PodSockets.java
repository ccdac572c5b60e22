package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.flow.Family;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Opens sockets in a namespace, for whatever thread asks. A hand-over to the namespace thread and back costs up to 0.1 ms, and nothing
/// on the namespace thread itself: open many there.
record PodSockets(NamespaceThread thread, NetworkNamespace namespace) implements Sockets {
    private static final Sockets HERE = Sockets.ofThisProcess();

    @Override
    public SocketChannel tcp(Family family) throws IOException {
        return thread.in(namespace, () -> HERE.tcp(family));
    }

    @Override
    public ServerSocketChannel listener(Family family) throws IOException {
        return thread.in(namespace, () -> HERE.listener(family));
    }

    @Override
    public DatagramChannel udp(Family family) throws IOException {
        return thread.in(namespace, () -> HERE.udp(family));
    }
}

package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.flow.Family;
import dev.lockdown.probe.Sockets;
import dev.lockdown.probe.socket.IcmpSocket;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Opens sockets in a namespace, for tasks that run on the namespace thread itself, and leaves the thread there: most often the next
/// socket is wanted in the same place.
record NamespaceSockets(NamespaceThread thread, NetworkNamespace namespace) implements Sockets {
    private static final Sockets HERE = Sockets.ofThisProcess();

    @Override
    public SocketChannel tcp(Family family) throws IOException {
        thread.enter(namespace);
        return HERE.tcp(family);
    }

    @Override
    public ServerSocketChannel listener(Family family) throws IOException {
        thread.enter(namespace);
        return HERE.listener(family);
    }

    @Override
    public SocketChannel sctp(Family family) throws IOException {
        thread.enter(namespace);
        return HERE.sctp(family);
    }

    @Override
    public ServerSocketChannel sctpListener(Family family) throws IOException {
        thread.enter(namespace);
        return HERE.sctpListener(family);
    }

    @Override
    public IcmpSocket icmp(Family family) throws IOException {
        thread.enter(namespace);
        return HERE.icmp(family);
    }

    @Override
    public DatagramChannel udp(Family family) throws IOException {
        thread.enter(namespace);
        return HERE.udp(family);
    }
}

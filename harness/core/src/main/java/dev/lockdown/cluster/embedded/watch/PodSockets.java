package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.flow.Family;
import dev.lockdown.probe.Sockets;
import dev.lockdown.probe.socket.IcmpSocket;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Opens sockets in a pod's namespace, on a thread that has nothing else to do.
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
    public SocketChannel sctp(Family family) throws IOException {
        return thread.in(namespace, () -> HERE.sctp(family));
    }

    @Override
    public ServerSocketChannel sctpListener(Family family) throws IOException {
        return thread.in(namespace, () -> HERE.sctpListener(family));
    }

    @Override
    public IcmpSocket icmp(Family family) throws IOException {
        return thread.in(namespace, () -> HERE.icmp(family));
    }

    @Override
    public DatagramChannel udp(Family family) throws IOException {
        return thread.in(namespace, () -> HERE.udp(family));
    }
}

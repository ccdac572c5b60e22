package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Opens sockets in namespaces, with which tests see who reaches whom.
record NamespaceProbe(NamespaceThread thread) {
    private static final int PORT = 8080;

    ServerSocketChannel listen(NetworkNamespace namespace, InetAddress address) throws IOException {
        var server = thread.in(namespace, () -> ServerSocketChannel.open(family(address)));
        server.configureBlocking(false);
        return server.bind(new InetSocketAddress(address, PORT));
    }

    /// Dial a server of this plug's.
    ///
    /// @return the address from which the server saw it come, or `silence`
    String dial(NetworkNamespace from, ServerSocketChannel server) throws IOException {
        try (var client = open(from, ((InetSocketAddress) server.getLocalAddress()).getAddress())) {
            if (!client.isConnected()) return "silence";
            try (var accepted = server.accept()) {
                return ((InetSocketAddress) accepted.getRemoteAddress()).getAddress().getHostAddress();
            }
        }
    }

    /// @return `open` or `silence`
    String dial(NetworkNamespace from, InetAddress address) throws IOException {
        try (var client = open(from, address)) {
            return client.isConnected() ? "open" : "silence";
        }
    }

    /// Connect and look once: between virtual veth pairs an answer is there when connect returns.
    private SocketChannel open(NetworkNamespace from, InetAddress address) throws IOException {
        var client = thread.in(from, () -> SocketChannel.open(family(address)));
        client.configureBlocking(false);
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        if (!client.connect(new InetSocketAddress(address, PORT))) client.finishConnect();
        return client;
    }

    private static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }
}

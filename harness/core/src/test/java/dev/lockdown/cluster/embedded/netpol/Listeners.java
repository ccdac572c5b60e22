package dev.lockdown.cluster.embedded.netpol;

import java.net.SocketAddress;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Servers in namespaces, and dials that look themselves who answered: between virtual veth pairs a packet has met its fate when
/// the call that sent it returns.
public final class Listeners {
    private final NamespaceThread thread;
    private final List<Listener> all = new ArrayList<>();
    private Duration patience = Duration.ZERO;

    private record Listener(String owner, NetworkChannel channel) {}

    public Listeners(NamespaceThread thread) {
        this.thread = thread;
    }

    /// Wait for answers to TCP. An ICMP refusal that comes before connect returns is not heard; the next one comes when the
    /// kernel tries again, a second later.
    public void bePatient(Duration time) {
        patience = time;
    }

    public void open(NetworkNamespace namespace, String owner, Port port) {
        try {
            all.add(new Listener(owner, thread.in(namespace, () -> bound(port))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NetworkChannel bound(Port port) throws IOException {
        var address = new InetSocketAddress(port.number());
        if (port.protocol() == Protocol.UDP) {
            var channel = DatagramChannel.open().bind(address);
            channel.configureBlocking(false);
            return channel;
        }
        var channel = ServerSocketChannel.open().bind(address, 4096);
        channel.configureBlocking(false);
        return channel;
    }

    public void close(String owner) {
        all.stream().filter(l -> l.owner.equals(owner)).forEach(Listeners::close);
        all.removeIf(l -> l.owner.equals(owner));
    }

    void closeAll() {
        all.forEach(Listeners::close);
        all.clear();
    }

    private static void close(Listener listener) {
        try {
            listener.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param fromPort the source port, or 0 for a fresh one
    public DialResult dial(NetworkNamespace from, InetSocketAddress to, Protocol protocol, int fromPort) {
        try {
            return protocol == Protocol.UDP ? dialUdp(from, to, fromPort) : dialTcp(from, to, fromPort);
        } catch (ConnectException | PortUnreachableException e) {
            return DialResult.unanswered("refused");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DialResult dialTcp(NetworkNamespace from, InetSocketAddress to, int fromPort) throws IOException {
        try (var client = thread.in(from, () -> SocketChannel.open(family(to)))) {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            if (fromPort != 0) client.bind(new InetSocketAddress(fromPort));
            if (!client.connect(to) && !client.finishConnect() && !connectsIn(client, patience)) return DialResult.unanswered("silent");
            for (var listener : all) {
                if (!(listener.channel instanceof ServerSocketChannel server)) continue;
                try (var accepted = server.accept()) {
                    if (accepted != null) return new DialResult("open", listener.owner, literal(accepted.getRemoteAddress()), List.of());
                }
            }
            return new DialResult("open", "somebody else", "", List.of());
        }
    }

    private static boolean connectsIn(SocketChannel client, Duration patience) throws IOException {
        if (patience.isZero()) return false;
        try (var selector = Selector.open()) {
            client.register(selector, SelectionKey.OP_CONNECT);
            selector.select(patience.toMillis());
            return client.finishConnect();
        }
    }

    private DialResult dialUdp(NetworkNamespace from, InetSocketAddress to, int fromPort) throws IOException {
        try (var client = thread.in(from, () -> DatagramChannel.open(family(to)))) {
            client.configureBlocking(false);
            if (fromPort != 0) client.bind(new InetSocketAddress(fromPort));
            client.connect(to);
            client.write(ByteBuffer.wrap(new byte[] {1}));
            var answer = answer();
            // A refusal shows on the next call.
            return client.read(ByteBuffer.allocate(8)) > 0 ? answer : DialResult.unanswered("silent");
        }
    }

    /// Answer what has arrived.
    private DialResult answer() throws IOException {
        for (var listener : all) {
            if (!(listener.channel instanceof DatagramChannel server)) continue;
            var question = ByteBuffer.allocate(8);
            var asker = server.receive(question);
            if (asker == null) continue;
            server.send(question.flip(), asker);
            return new DialResult("open", listener.owner, literal(asker), List.of());
        }
        return DialResult.unanswered("silent");
    }

    private static String literal(SocketAddress address) {
        return ((InetSocketAddress) address).getAddress().getHostAddress();
    }

    private static StandardProtocolFamily family(InetSocketAddress to) {
        return to.getAddress() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }
}

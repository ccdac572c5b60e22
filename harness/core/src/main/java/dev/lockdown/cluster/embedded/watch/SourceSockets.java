package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.RawSocket;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.Seen;
import dev.lockdown.probe.SourcePorts;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The raw sockets of one source and one family, and what they hear. Used by the watcher's thread.
final class SourceSockets implements AutoCloseable {
    private static final int ICMP = 1;
    private static final int ICMP_V6 = 58;
    private static final int UNREACHABLE = 3;
    private static final int UNREACHABLE_V6 = 1;
    private static final int SYN_ACK = 0x12;
    private static final int RST = 4;

    private final InetAddress own;
    private final Ports tcp;
    private final Ports udp;
    private final RawSocket icmp;
    private int sequence = (int) System.nanoTime();

    private SourceSockets(InetAddress own, Ports tcp, Ports udp, RawSocket icmp) {
        this.own = own;
        this.tcp = tcp;
        this.udp = udp;
        this.icmp = icmp;
    }

    static SourceSockets open(NetworkEndpoint source, InetAddress own, NamespaceThread thread, WatchPorts ports) {
        return thread.in(source.namespace(), () -> new SourceSockets(own,
            new Ports(RawSocket.open(Segments.TCP, own, Segments.TCP_CHECKSUM), ports.of(own, Protocol.TCP)),
            new Ports(RawSocket.open(Segments.UDP, own, Segments.UDP_CHECKSUM), ports.of(own, Protocol.UDP)),
            RawSocket.open(own instanceof Inet4Address ? ICMP : ICMP_V6, own, -1)));
    }

    /// A socket, and by which port each sample under way is known.
    static final class Ports {
        private final RawSocket socket;
        private final SourcePorts ports;
        private final @Nullable Tick[] ticks = new Tick[WatchPorts.LAST + 1];
        private int underWay;

        Ports(RawSocket socket, SourcePorts ports) {
            this.socket = socket;
            this.ports = ports;
        }

        RawSocket socket() {
            return socket;
        }

        int nextPort() {
            return ports.next();
        }

        void expect(int port, Tick tick) {
            ticks[port] = tick;
            underWay++;
        }

        void forget(int port, Tick tick) {
            underWay--;
            if (ticks[port] == tick) ticks[port] = null;
        }

        @Nullable Tick at(int port) {
            return port <= WatchPorts.LAST ? ticks[port] : null;
        }
    }

    InetAddress own() {
        return own;
    }

    int nextSequence() {
        return sequence += 0x9e3779b9;
    }

    Ports of(Protocol protocol) {
        return protocol == Protocol.TCP ? tcp : udp;
    }

    MemorySegment address(InetAddress target) {
        return tcp.socket.address(target);
    }

    /// Whether no sample is under way.
    boolean isIdle() {
        return tcp.underWay == 0 && udp.underWay == 0;
    }

    /// Read all that came.
    void hear() {
        for (var packet = tcp.socket.receive(); packet != null; packet = tcp.socket.receive()) segment(packet);
        for (var packet = udp.socket.receive(); packet != null; packet = udp.socket.receive()) datagram(packet);
        for (var packet = icmp.receive(); packet != null; packet = icmp.receive()) error(packet);
    }

    private void segment(ByteBuffer packet) {
        if (packet.limit() < 20) return;
        var tick = tcp.at(Short.toUnsignedInt(packet.getShort(2)));
        if (tick == null || tick.seen != null || packet.getInt(8) != tick.sequence + 1) return;
        int flags = packet.get(13);
        if ((flags & RST) != 0) tick.seen = Seen.REJECTED;
        else if ((flags & SYN_ACK) == SYN_ACK) tick.seen = Seen.OPEN;
    }

    private void datagram(ByteBuffer packet) {
        if (packet.limit() < 8) return;
        var tick = udp.at(Short.toUnsignedInt(packet.getShort(2)));
        if (tick == null || tick.seen != null) return;
        var from = new InetSocketAddress(own, Short.toUnsignedInt(packet.getShort(0)));
        var payload = packet.position(8).slice();
        tick.seen = tick.question == null ? Seen.OPEN : tick.question.hear(payload, from);
    }

    /// An error tells of the packet that it is about: its IP header, and the ports behind.
    private void error(ByteBuffer packet) {
        boolean four = own instanceof Inet4Address;
        if (packet.limit() < 8 + (four ? 28 : 48) || packet.get(0) != (four ? UNREACHABLE : UNREACHABLE_V6)) return;
        int header = four ? (packet.get(8) & 15) * Integer.BYTES : 40;
        int protocol = packet.get(8 + (four ? 9 : 6));
        if (packet.limit() < 8 + header + 8) return;
        int port = Short.toUnsignedInt(packet.getShort(8 + header));
        var tick = protocol == Segments.TCP ? tcp.at(port) : protocol == Segments.UDP ? udp.at(port) : null;
        if (tick != null && tick.seen == null) tick.seen = Seen.REJECTED;
    }

    @Override
    public void close() {
        tcp.socket.close();
        udp.socket.close();
        icmp.close();
    }
}

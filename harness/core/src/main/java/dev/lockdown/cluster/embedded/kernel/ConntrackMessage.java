package dev.lockdown.cluster.embedded.kernel;

import dev.lockdown.cluster.embedded.kernel.Conntrack.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads a message about a connection, as `linux/netfilter/nfnetlink_conntrack.h` has it.
final class ConntrackMessage {
    private static final int CTA_TUPLE_REPLY = 2;
    private static final int TYPE = 0x3fff;

    private int protocol;
    private @Nullable InetAddress source;
    private @Nullable InetAddress destination;
    private int sourcePort;
    private int destinationPort;

    private ConntrackMessage() {}

    /// @param at where the message begins
    /// @return null for a connection without ports
    static @Nullable Connection read(ByteBuffer buffer, int at) {
        int end = at + buffer.getInt(at);
        var there = new ConntrackMessage();
        var back = new ConntrackMessage();
        for (int each = at + NetfilterMessage.HEADER; each + 4 <= end; each = next(buffer, each)) {
            if (type(buffer, each) == Conntrack.CTA_TUPLE_ORIG) there.tuple(buffer, each);
            if (type(buffer, each) == CTA_TUPLE_REPLY) back.tuple(buffer, each);
        }
        if (there.source == null || there.destination == null || back.source == null || there.sourcePort == 0) return null;
        return new Connection(there.protocol, new InetSocketAddress(there.source, there.sourcePort),
            new InetSocketAddress(there.destination, there.destinationPort), new InetSocketAddress(back.source, back.sourcePort));
    }

    private void tuple(ByteBuffer buffer, int at) {
        for (int each = at + 4; each < at + length(buffer, at); each = next(buffer, each)) {
            if (type(buffer, each) == Conntrack.CTA_TUPLE_IP) addresses(buffer, each);
            if (type(buffer, each) == Conntrack.CTA_TUPLE_PROTO) ports(buffer, each);
        }
    }

    private void addresses(ByteBuffer buffer, int at) {
        for (int each = at + 4; each < at + length(buffer, at); each = next(buffer, each)) {
            switch (type(buffer, each)) {
                case Conntrack.CTA_IP_V4_SRC, Conntrack.CTA_IP_V6_SRC -> source = address(buffer, each);
                case Conntrack.CTA_IP_V4_DST, Conntrack.CTA_IP_V6_DST -> destination = address(buffer, each);
                default -> {}
            }
        }
    }

    private void ports(ByteBuffer buffer, int at) {
        for (int each = at + 4; each < at + length(buffer, at); each = next(buffer, each)) {
            switch (type(buffer, each)) {
                case Conntrack.CTA_PROTO_NUM -> protocol = buffer.get(each + 4) & 255;
                case Conntrack.CTA_PROTO_SRC_PORT -> sourcePort = port(buffer, each + 4);
                case Conntrack.CTA_PROTO_DST_PORT -> destinationPort = port(buffer, each + 4);
                default -> {}
            }
        }
    }

    private static int length(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private static int type(ByteBuffer buffer, int at) {
        return buffer.getShort(at + 2) & TYPE;
    }

    private static int next(ByteBuffer buffer, int at) {
        return at + NetlinkSocket.align(Math.max(4, length(buffer, at)));
    }

    /// Big-endian, whatever the machine.
    private static int port(ByteBuffer buffer, int at) {
        return (buffer.get(at) & 255) << 8 | buffer.get(at + 1) & 255;
    }

    private static InetAddress address(ByteBuffer buffer, int at) {
        var bytes = new byte[length(buffer, at) - 4];
        buffer.get(at + 4, bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}

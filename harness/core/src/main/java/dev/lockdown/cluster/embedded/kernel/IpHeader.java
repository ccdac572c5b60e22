package dev.lockdown.cluster.embedded.kernel;

import dev.lockdown.cluster.embedded.kernel.Nflog.Packet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads the start of an IP packet (RFC 791, RFC 8200). Extension headers of IPv6 are not walked: our probes send none.
final class IpHeader {
    private static final int V6_LENGTH = 40;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP_V6 = 58;
    private static final int SCTP = 132;

    private IpHeader() {}

    /// @param bytes big-endian, possibly cut short
    /// @return null where the bytes are not an IP packet
    static @Nullable Packet read(String prefix, ByteBuffer bytes) {
        if (bytes.limit() < 20) return null;
        return switch (bytes.get(0) >> 4 & 15) {
            case 4 -> packet(prefix, bytes, bytes.get(9) & 255, 12, 4, (bytes.get(0) & 15) * 4);
            case 6 -> bytes.limit() < V6_LENGTH ? null : packet(prefix, bytes, bytes.get(6) & 255, 8, 16, V6_LENGTH);
            default -> null;
        };
    }

    private static Packet packet(String prefix, ByteBuffer bytes, int protocol, int addresses, int length, int header) {
        // An echo's identifier stands for the port at both ends, as connection tracking has it too.
        if ((protocol == ICMP || protocol == ICMP_V6) && bytes.limit() >= header + 6)
            return new Packet(prefix, protocol, address(bytes, addresses, length), port(bytes, header + 4),
                address(bytes, addresses + length, length), port(bytes, header + 4));
        boolean ports = (protocol == TCP || protocol == UDP || protocol == SCTP) && bytes.limit() >= header + 4;
        return new Packet(prefix, protocol, address(bytes, addresses, length), ports ? port(bytes, header) : 0,
            address(bytes, addresses + length, length), ports ? port(bytes, header + 2) : 0);
    }

    private static int port(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static InetAddress address(ByteBuffer bytes, int at, int length) {
        var address = new byte[length];
        bytes.get(at, address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("addresses have 4 or 16 bytes", e);
        }
    }
}

package dev.lockdown.cluster.embedded.watch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// TCP segments and UDP datagrams as bytes (RFC 9293, RFC 768). Over IPv6 the kernel puts the checksum in.
final class Segments {
    static final int TCP = 6;
    static final int UDP = 17;
    static final int TCP_CHECKSUM = 16;
    static final int UDP_CHECKSUM = 6;
    private static final int SYN = 2;
    private static final int WINDOW = 64_240;

    private Segments() {}

    /// The first segment of a connection, without options.
    static ByteBuffer syn(InetAddress from, int fromPort, InetAddress to, int toPort, int sequence) {
        var segment = ByteBuffer.allocate(20).putShort((short) fromPort).putShort((short) toPort).putInt(sequence).putInt(0)
            .put((byte) (5 << 4)).put((byte) SYN).putShort((short) WINDOW).putInt(0).flip();
        return checked(segment, TCP_CHECKSUM, from, to, TCP);
    }

    static ByteBuffer datagram(InetAddress from, int fromPort, InetAddress to, int toPort, ByteBuffer payload) {
        int length = 8 + payload.remaining();
        var datagram = ByteBuffer.allocate(length).putShort((short) fromPort).putShort((short) toPort).putShort((short) length)
            .putShort((short) 0).put(payload).flip();
        return checked(datagram, UDP_CHECKSUM, from, to, UDP);
    }

    private static ByteBuffer checked(ByteBuffer packet, int at, InetAddress from, InetAddress to, int protocol) {
        if (!(from instanceof Inet4Address)) return packet;
        int sum = sum(ByteBuffer.wrap(from.getAddress())) + sum(ByteBuffer.wrap(to.getAddress())) + protocol + packet.limit() + sum(packet);
        while (sum >>> 16 != 0) sum = (sum & 0xffff) + (sum >>> 16);
        int checksum = ~sum & 0xffff;
        // Over UDP, 0 says that there is none.
        return packet.putShort(at, (short) (checksum == 0 ? 0xffff : checksum));
    }

    /// Of 16 bits each, as RFC 1071 adds them up.
    private static int sum(ByteBuffer bytes) {
        int sum = 0;
        int i = 0;
        for (; i + 1 < bytes.limit(); i += 2) sum += Short.toUnsignedInt(bytes.getShort(i));
        return i < bytes.limit() ? sum + (Byte.toUnsignedInt(bytes.get(i)) << 8) : sum;
    }
}

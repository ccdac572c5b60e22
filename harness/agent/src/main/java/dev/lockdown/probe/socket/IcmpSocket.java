package dev.lockdown.probe.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.lockdown.flow.Family;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// A datagram socket for ICMP echo, as unprivileged processes may have where `net.ipv4.ping_group_range` has one of their groups. The
/// kernel chooses the identifier of its requests, gives it the replies to them alone, and computes the checksum. Elsewhere a raw socket,
/// which a privileged process may have: it does all of that itself.
///
/// Nothing of it waits. Used by one thread at a time.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/icmp.7.html">icmp(7)</a>
public final class IcmpSocket implements AutoCloseable {
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK_CLOEXEC = 0x80800;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final byte ECHO_REQUEST = 8;
    private static final byte ECHO_REQUEST_V6 = (byte) 128;
    private static final byte ECHO_REPLY = 0;
    private static final byte ECHO_REPLY_V6 = (byte) 129;
    /// The longest header of IPv4, behind which a raw socket delivers.
    private static final int LONGEST_HEADER = 60;
    /// Type, code, checksum, identifier, sequence number.
    private static final int HEADER = 8;
    private static final int MESSAGE = HEADER + Long.BYTES;

    private final Family family;
    private final boolean raw;
    private final int fd;

    private IcmpSocket(Family family, boolean raw, int fd) {
        this.family = family;
        this.raw = raw;
        this.fd = fd;
    }

    /// Open one in the network in which the calling thread is.
    ///
    /// @throws IOException if the kernel refuses, saying which setting allows it
    public static IcmpSocket open(Family family) throws IOException {
        long fd = socket(family, SOCK_DGRAM);
        if (fd != -Errno.EACCES) return new IcmpSocket(family, false, Errno.checked(fd));
        long raw = socket(family, SOCK_RAW);
        if (raw < 0) throw new IOException("this process may send no ICMP: its group is not in net.ipv4.ping_group_range");
        return new IcmpSocket(family, true, (int) raw);
    }

    private static long socket(Family family, int type) {
        return Syscall.SOCKET.call(Sockaddr.number(family), type | SOCK_NONBLOCK_CLOEXEC,
            family == Family.IPV4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
    }

    /// Send from this address.
    ///
    /// @return the address, and as its port the identifier that the kernel chose
    public InetSocketAddress bind(InetAddress source) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var address = Sockaddr.of(arena, new InetSocketAddress(source, 0));
            Errno.checked(Syscall.BIND.call(fd, address.pointer(), address.length()));
            Errno.checked(Syscall.GETSOCKNAME.call(fd, address.pointer(), address.lengthPointer()));
            return new InetSocketAddress(source, address.read().getPort());
        }
    }

    public void send(InetAddress target, long nonce) throws IOException {
        var request = ByteBuffer.allocate(MESSAGE).put(0, family == Family.IPV4 ? ECHO_REQUEST : ECHO_REQUEST_V6).putLong(HEADER, nonce);
        if (raw) request.putShort(4, (short) nonce).putShort(2, checksum(request));
        try (var arena = Arena.ofConfined()) {
            var address = Sockaddr.of(arena, new InetSocketAddress(target, 0));
            // Connected, so that it is told of what ICMP says no to.
            Errno.checked(Syscall.CONNECT.call(fd, address.pointer(), address.length()));
            Errno.checked(Syscall.SEND.call(fd, arena.allocateFrom(JAVA_BYTE, request.array()).address(), MESSAGE, 0));
        }
    }

    /// The Internet checksum (RFC 1071); for ICMPv6 the kernel puts its own in its place.
    private static short checksum(ByteBuffer message) {
        int sum = 0;
        for (int i = 0; i < MESSAGE; i += 2) sum += Short.toUnsignedInt(message.getShort(i));
        while (sum >>> 16 != 0) sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~sum;
    }

    /// Whether the reply to the request with this nonce is there.
    public boolean receive(long nonce) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(LONGEST_HEADER + MESSAGE);
            while (true) {
                long length = Syscall.RECV.again(fd, bytes.address(), bytes.byteSize(), 0);
                if (length == -Errno.EAGAIN) return false;
                if (isReply(bytes.asByteBuffer().limit(Errno.checked(length)), nonce)) return true;
            }
        }
    }

    private boolean isReply(ByteBuffer received, long nonce) {
        int begin = raw && family == Family.IPV4 && received.hasRemaining() ? (received.get(0) & 0xf) * 4 : 0;
        return received.limit() - begin == MESSAGE && received.get(begin) == (family == Family.IPV4 ? ECHO_REPLY : ECHO_REPLY_V6)
            && received.getLong(begin + HEADER) == nonce;
    }

    @Override
    public void close() {
        Syscall.CLOSE.call(fd);
    }
}

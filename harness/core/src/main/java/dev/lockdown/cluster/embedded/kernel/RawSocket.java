package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A raw socket, raw(7) and ipv6(7): sends what stands behind an IP header, and hears a copy of all packets of its protocol that come to
/// its address. It stays in the namespace of the thread that opened it. Used by one thread at a time.
public final class RawSocket implements AutoCloseable {
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_CHECKSUM = 7;
    private static final int ROOM = 1 << 20;
    private static final int LONGEST = 2048;

    private static final NativeFunction BIND = NativeFunction.ofLibc("bind");
    private static final NativeFunction SENDTO = NativeFunction.ofLibc("sendto");

    private final Arena arena = Arena.ofShared();
    private final MemorySegment out = arena.allocate(LONGEST, Long.BYTES);
    private final MemorySegment in = arena.allocate(LONGEST, Long.BYTES);
    private final ByteBuffer heard = in.asByteBuffer();
    private final boolean four;
    private final int fd;
    private boolean closed;

    private RawSocket(boolean four, int fd) {
        this.four = four;
        this.fd = fd;
    }

    /// Open one in the calling thread's namespace.
    ///
    /// @param protocol its number in the IP header
    /// @param own the address from which it sends, and to which it listens
    /// @param checksumAt where the kernel puts the checksum, which it does over IPv6 alone; -1 for nowhere
    public static RawSocket open(int protocol, InetAddress own, int checksumAt) {
        boolean four = own instanceof Inet4Address;
        var socket = new RawSocket(four, Libc.socket(four ? AF_INET : AF_INET6, SOCK_RAW | SOCK_NONBLOCK, protocol));
        try {
            Libc.trySetOption(socket.fd, SOL_SOCKET, SO_RCVBUFFORCE, ROOM);
            if (!four && checksumAt >= 0) Libc.trySetOption(socket.fd, IPPROTO_IPV6, IPV6_CHECKSUM, checksumAt);
            int status = BIND.toInt(socket.fd, socket.address(own).address(), four ? 16 : 28);
            if (status < 0) throw new KernelException("bind of a raw socket", -status);
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /// Write an address down once, for [#send].
    public MemorySegment address(InetAddress of) {
        var address = arena.allocate(four ? 16 : 28, Integer.BYTES);
        address.set(JAVA_SHORT, 0, four ? AF_INET : AF_INET6);
        MemorySegment.copy(of.getAddress(), 0, address, JAVA_BYTE, four ? 4 : 8, of.getAddress().length);
        return address;
    }

    /// Send one packet.
    ///
    /// @return whether the kernel took it; it says no where a rule of this very namespace does, or no way leads there
    public boolean send(ByteBuffer packet, MemorySegment to) {
        int length = packet.remaining();
        MemorySegment.copy(packet.array(), packet.position(), out, JAVA_BYTE, 0, length);
        return SENDTO.toLong(fd, out.address(), length, 0, to.address(), to.byteSize()) >= 0;
    }

    /// Give what stands behind the IP header of the next packet that came, or null where none is there. Valid until the next call.
    public @Nullable ByteBuffer receive() {
        int length = Libc.recvNow(fd, in);
        if (length < 0) return null;
        // Over IPv4 the header comes, too, and says how many words it has.
        int header = four ? Math.min(length, (in.get(JAVA_BYTE, 0) & 15) * Integer.BYTES) : 0;
        return heard.clear().position(header).limit(length).slice();
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        Libc.close(fd);
        arena.close();
    }
}

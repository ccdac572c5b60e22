package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/// Connections and datagrams of IPv4 by nothing but the system calls that they cannot do without: what the kernel alone takes for a
/// dial, to measure everything else against. Sockets are opened in the calling thread's namespace. Used by one thread at a time.
public final class BareSockets implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;
    private static final int BACKLOG = 1024;
    private static final int EINPROGRESS = 115;
    private static final int ADDRESS_LENGTH = 16;
    private static final int DATAGRAM = 32;

    private static final NativeFunction BIND = NativeFunction.ofLibc("bind");
    private static final NativeFunction LISTEN = NativeFunction.ofLibc("listen");
    private static final NativeFunction CONNECT = NativeFunction.ofLibc("connect");
    private static final NativeFunction ACCEPT4 = NativeFunction.ofLibc("accept4");
    private static final NativeFunction SEND = NativeFunction.ofLibc("send");
    private static final NativeFunction RECV = NativeFunction.ofLibc("recv");
    private static final NativeFunction SENDTO = NativeFunction.ofLibc("sendto");
    private static final NativeFunction RECVFROM = NativeFunction.ofLibc("recvfrom");
    private static final NativeFunction SETSOCKOPT = NativeFunction.ofLibc("setsockopt");

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment address = arena.allocate(ADDRESS_LENGTH, Integer.BYTES);
    private final MemorySegment peer = arena.allocate(ADDRESS_LENGTH, Integer.BYTES);
    private final MemorySegment peerLength = arena.allocate(JAVA_INT);
    private final MemorySegment bytes = arena.allocate(DATAGRAM);
    // struct linger { int l_onoff; int l_linger; }
    private final MemorySegment reset = arena.allocateFrom(JAVA_INT, 1, 0);

    /// Open a listener of TCP.
    ///
    /// @return its descriptor, for [#close(int)]
    public int listener(InetSocketAddress at) {
        int fd = bound(SOCK_STREAM, at);
        check("listen", LISTEN.toInt(fd, BACKLOG));
        return fd;
    }

    /// Open a socket of UDP that [#echo] answers from.
    public int receiver(InetSocketAddress at) {
        return bound(SOCK_DGRAM, at);
    }

    /// Connect, accept, and reset.
    public void connect(InetSocketAddress to, int listener) {
        int near = calling(to);
        int far = check("accept4 of what should be open", ACCEPT4.toInt(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC));
        Libc.close(near);
        Libc.close(far);
    }

    /// Send a SYN that nobody answers.
    public void connectInVain(InetSocketAddress to) {
        Libc.close(calling(to));
    }

    /// Send a datagram, and the answer back.
    public void echo(InetSocketAddress to, int receiver) {
        int near = asking(to);
        peerLength.set(JAVA_INT, 0, ADDRESS_LENGTH);
        long length = check("recvfrom of what should be open",
            RECVFROM.toLong(receiver, bytes.address(), DATAGRAM, 0, peer.address(), peerLength.address()));
        check("sendto", SENDTO.toLong(receiver, bytes.address(), length, 0, peer.address(), ADDRESS_LENGTH));
        check("recv of what should be open", RECV.toLong(near, bytes.address(), DATAGRAM, 0));
        Libc.close(near);
    }

    /// Send a datagram that nobody answers.
    public void sendInVain(InetSocketAddress to) {
        Libc.close(asking(to));
    }

    public void close(int descriptor) {
        Libc.close(descriptor);
    }

    @Override
    public void close() {
        arena.close();
    }

    private int calling(InetSocketAddress to) {
        int fd = open(SOCK_STREAM);
        check("setsockopt(SO_LINGER)", SETSOCKOPT.toInt(fd, SOL_SOCKET, SO_LINGER, reset.address(), reset.byteSize()));
        int status = CONNECT.toInt(fd, address(to), ADDRESS_LENGTH);
        if (status != -EINPROGRESS) check("connect", status);
        return fd;
    }

    private int asking(InetSocketAddress to) {
        int fd = open(SOCK_DGRAM);
        check("connect", CONNECT.toInt(fd, address(to), ADDRESS_LENGTH));
        check("send", SEND.toLong(fd, bytes.address(), DATAGRAM, 0));
        return fd;
    }

    private int bound(int type, InetSocketAddress at) {
        int fd = open(type);
        check("bind", BIND.toInt(fd, address(at), ADDRESS_LENGTH));
        return fd;
    }

    private static int open(int type) {
        return Libc.socket(AF_INET, type | SOCK_NONBLOCK, 0);
    }

    /// Write `struct sockaddr_in { u16 family; be16 port; be32 address; u8 zero[8]; }`.
    private long address(InetSocketAddress of) {
        address.set(JAVA_SHORT, 0, (short) AF_INET);
        address.set(JAVA_BYTE, 2, (byte) (of.getPort() >> 8));
        address.set(JAVA_BYTE, 3, (byte) of.getPort());
        MemorySegment.copy(of.getAddress().getAddress(), 0, address, JAVA_BYTE, 4, Integer.BYTES);
        return address.address();
    }

    private static int check(String call, long result) {
        if (result < 0) throw new KernelException(call, (int) -result);
        return (int) result;
    }
}

package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/// Dials of IPv4 by nothing but system calls: what the kernel alone takes for them, to measure everything else against.
///
/// They are those that a dial and its server ask for, in the same order, looks that find nothing included; left out is what the JDK adds
/// of its own accord (`fcntl`, `getsockname`). Sockets are opened in the calling thread's namespace. Used by one thread at a time.
public final class BareSockets implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_LINGER = 13;
    private static final int POLLOUT = 4;
    private static final int BACKLOG = 1024;
    private static final int EINPROGRESS = 115;
    private static final int ADDRESS_LENGTH = 16;
    // As long as a question and its answer are on the wire.
    private static final int QUESTION = 30;
    private static final int ANSWER = 60;

    private static final NativeFunction BIND = NativeFunction.ofLibc("bind");
    private static final NativeFunction LISTEN = NativeFunction.ofLibc("listen");
    private static final NativeFunction CONNECT = NativeFunction.ofLibc("connect");
    private static final NativeFunction POLL = NativeFunction.ofLibc("poll");
    private static final NativeFunction ACCEPT4 = NativeFunction.ofLibc("accept4");
    private static final NativeFunction SEND = NativeFunction.ofLibc("send");
    private static final NativeFunction RECV = NativeFunction.ofLibc("recv");
    private static final NativeFunction SENDTO = NativeFunction.ofLibc("sendto");
    private static final NativeFunction RECVFROM = NativeFunction.ofLibc("recvfrom");
    private static final NativeFunction SETSOCKOPT = NativeFunction.ofLibc("setsockopt");
    private static final NativeFunction GETSOCKOPT = NativeFunction.ofLibc("getsockopt");

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment address = arena.allocate(ADDRESS_LENGTH, Integer.BYTES);
    private final MemorySegment peer = arena.allocate(ADDRESS_LENGTH, Integer.BYTES);
    private final MemorySegment length = arena.allocate(JAVA_INT);
    private final MemorySegment error = arena.allocate(JAVA_INT);
    private final MemorySegment bytes = arena.allocate(ANSWER, Long.BYTES);
    // struct linger { int l_onoff; int l_linger; }
    private final MemorySegment reset = arena.allocateFrom(JAVA_INT, 1, 0);
    // struct pollfd { int fd; short events; short revents; }
    private final MemorySegment poll = arena.allocate(Long.BYTES, Integer.BYTES);
    private long nonce;

    /// Open a listener of TCP.
    ///
    /// @return its descriptor, for [#close(int)]
    public int listener(InetSocketAddress at) {
        int fd = bound(SOCK_STREAM, at);
        check("listen", LISTEN.toInt(fd, BACKLOG));
        return fd;
    }

    /// Open a socket of UDP that [#datagram] answers from.
    public int receiver(InetSocketAddress at) {
        return bound(SOCK_DGRAM, at);
    }

    /// Connect, say a nonce, accept, say it back, and reset.
    public void connection(InetSocketAddress from, InetSocketAddress to, int listener) {
        int near = calling(from, to);
        if (!stands(near)) throw new KernelException("poll of what should be open", Errno.EAGAIN);
        ask(near);
        nothing(near);
        int far = check("accept4 of what should be open", accept(listener));
        resetting(far);
        check("recv of what should be open", receive(far, QUESTION));
        check("send", SEND.toLong(far, bytes.address(), ANSWER, 0));
        nothing(far);
        if (accept(listener) >= 0) throw new IllegalStateException("a second connection to accept");
        hear(near);
        Libc.close(near);
        Libc.close(far);
    }

    /// Send a SYN that is dropped.
    ///
    /// @param report looks for the report of it
    public void connectionInVain(InetSocketAddress from, InetSocketAddress to, Runnable report) {
        int near = calling(from, to);
        if (stands(near)) throw new IllegalStateException("connected to what should be dropped: " + to);
        report.run();
        Libc.close(near);
    }

    /// Send a nonce, and send it back.
    public void datagram(InetSocketAddress from, InetSocketAddress to, int receiver) {
        int near = asking(from, to);
        check("recvfrom of what should be open", receiveFrom(receiver));
        check("sendto", SENDTO.toLong(receiver, bytes.address(), ANSWER, 0, peer.address(), ADDRESS_LENGTH));
        if (receiveFrom(receiver) >= 0) throw new IllegalStateException("a second datagram to answer");
        hear(near);
        Libc.close(near);
    }

    /// Send a datagram that is dropped.
    ///
    /// @param report looks for the report of it
    public void datagramInVain(InetSocketAddress from, InetSocketAddress to, int receiver, Runnable report) {
        int near = asking(from, to);
        if (receiveFrom(receiver) >= 0) throw new IllegalStateException("received what should be dropped at " + to);
        nothing(near);
        report.run();
        Libc.close(near);
    }

    public void close(int descriptor) {
        Libc.close(descriptor);
    }

    @Override
    public void close() {
        arena.close();
    }

    private int calling(InetSocketAddress from, InetSocketAddress to) {
        int fd = open(SOCK_STREAM);
        resetting(fd);
        check("bind", BIND.toInt(fd, address(from), ADDRESS_LENGTH));
        int status = CONNECT.toInt(fd, address(to), ADDRESS_LENGTH);
        if (status != -EINPROGRESS) check("connect", status);
        return fd;
    }

    /// Whether a connection has come about, as connect(2) says to find out.
    private boolean stands(int fd) {
        poll.set(JAVA_INT, 0, fd);
        poll.set(JAVA_SHORT, 4, (short) POLLOUT);
        if (check("poll", POLL.toInt(poll.address(), 1, 0)) == 0) return false;
        length.set(JAVA_INT, 0, Integer.BYTES);
        check("getsockopt(SO_ERROR)", GETSOCKOPT.toInt(fd, SOL_SOCKET, SO_ERROR, error.address(), length.address()));
        check("connect", -error.get(JAVA_INT, 0));
        return true;
    }

    private int asking(InetSocketAddress from, InetSocketAddress to) {
        int fd = bound(SOCK_DGRAM, from);
        check("connect", CONNECT.toInt(fd, address(to), ADDRESS_LENGTH));
        ask(fd);
        return fd;
    }

    private void ask(int fd) {
        bytes.set(JAVA_LONG, 0, ++nonce);
        check("send", SEND.toLong(fd, bytes.address(), QUESTION, 0));
    }

    private void hear(int fd) {
        bytes.set(JAVA_LONG, 0, 0);
        check("recv of what should be open", receive(fd, ANSWER));
        if (bytes.get(JAVA_LONG, 0) != nonce) throw new IllegalStateException("the nonce came back changed");
    }

    private void nothing(int fd) {
        if (receive(fd, ANSWER) >= 0) throw new IllegalStateException("bytes that nobody sent");
    }

    private long receive(int fd, int most) {
        return RECV.toLong(fd, bytes.address(), most, 0);
    }

    private long receiveFrom(int fd) {
        length.set(JAVA_INT, 0, ADDRESS_LENGTH);
        return RECVFROM.toLong(fd, bytes.address(), QUESTION, 0, peer.address(), length.address());
    }

    private int accept(int listener) {
        length.set(JAVA_INT, 0, ADDRESS_LENGTH);
        return ACCEPT4.toInt(listener, peer.address(), length.address(), SOCK_NONBLOCK | SOCK_CLOEXEC);
    }

    private void resetting(int fd) {
        check("setsockopt(SO_LINGER)", SETSOCKOPT.toInt(fd, SOL_SOCKET, SO_LINGER, reset.address(), reset.byteSize()));
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

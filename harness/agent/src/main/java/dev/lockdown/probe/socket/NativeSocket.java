package dev.lockdown.probe.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.lockdown.flow.Family;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/// One descriptor of a stream socket. None of its calls waits. Thread-safe: a call is over before the descriptor is closed, so that none
/// gets to another one of the same number.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
final class NativeSocket {
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    private static final int SO_ERROR = 4;
    private static final int SO_LINGER = 13;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_NONBLOCK_CLOEXEC = 0x80800;
    private static final int IPPROTO_IP = 0;
    private static final int IP_RECVERR = 11;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_RECVERR = 25;
    private static final int IPV6_V6ONLY = 26;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final short POLLOUT = 4;
    private static final int CLOSED = -1;
    /// So many bytes at once, out and in. SCTP sends each piece as a message of its own, which must fit into the socket's buffer.
    private static final int PIECE = 8 * 1024;

    private final Family family;
    private int fd; // guarded by this

    private NativeSocket(Family family, int fd) {
        this.family = family;
        this.fd = fd;
    }

    /// Open one in the network in which the calling thread is.
    ///
    /// @param protocol its number in the IP header
    /// @return the socket, or null where the kernel does not know the protocol
    static @Nullable NativeSocket open(Family family, int protocol) throws IOException {
        long fd = Syscall.SOCKET.call(Sockaddr.number(family), SOCK_STREAM | SOCK_NONBLOCK_CLOEXEC, protocol);
        if (fd < 0 && Errno.isUnknownProtocol((int) -fd)) return null;
        var socket = new NativeSocket(family, Errno.checked(fd));
        try {
            // An association of SCTP would else have addresses of both families.
            if (family == Family.IPV6) socket.option(IPPROTO_IPV6, IPV6_V6ONLY, 1);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private int fd() throws ClosedChannelException {
        if (fd == CLOSED) throw new ClosedChannelException();
        return fd;
    }

    synchronized void option(int level, int option, int... values) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(JAVA_INT, values);
            Errno.checked(Syscall.SETSOCKOPT.call(fd(), level, option, bytes.address(), bytes.byteSize()));
        }
    }

    /// `struct linger { int l_onoff; int l_linger; }`: with 0 seconds, closing it resets a TCP connection and aborts an association of SCTP.
    void linger(int seconds) throws IOException {
        option(SOL_SOCKET, SO_LINGER, seconds < 0 ? 0 : 1, Math.max(0, seconds));
    }

    synchronized void bind(InetSocketAddress at) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var address = Sockaddr.of(arena, at);
            Errno.checked(Syscall.BIND.call(fd(), address.pointer(), address.length()));
        }
    }

    synchronized InetSocketAddress local() throws IOException {
        try (var arena = Arena.ofConfined()) {
            var address = Sockaddr.empty(arena);
            Errno.checked(Syscall.GETSOCKNAME.call(fd(), address.pointer(), address.lengthPointer()));
            return address.read();
        }
    }

    synchronized void listen(int backlog) throws IOException {
        Errno.checked(Syscall.LISTEN.call(fd(), backlog));
    }

    /// A connection that came, and who opened it.
    record Accepted(NativeSocket socket, InetSocketAddress peer) {}

    /// @return null where none is there
    synchronized @Nullable Accepted accept() throws IOException {
        try (var arena = Arena.ofConfined()) {
            while (true) {
                var address = Sockaddr.empty(arena);
                long accepted = Syscall.ACCEPT.again(fd(), address.pointer(), address.lengthPointer(), SOCK_NONBLOCK_CLOEXEC);
                if (accepted == -Errno.EAGAIN) return null;
                // One that its peer reset before it was accepted.
                if (accepted == -Errno.ECONNABORTED) continue;
                return new Accepted(new NativeSocket(family, Errno.checked(accepted)), address.read());
            }
        }
    }

    /// @return whether the connection stands already
    synchronized boolean connect(InetSocketAddress to) throws IOException {
        // SCTP keeps to itself what ICMP says no to, unless it is asked.
        if (family == Family.IPV4) option(IPPROTO_IP, IP_RECVERR, 1);
        else option(IPPROTO_IPV6, IPV6_RECVERR, 1);
        try (var arena = Arena.ofConfined()) {
            var address = Sockaddr.of(arena, to);
            long result = Syscall.CONNECT.call(fd(), address.pointer(), address.length());
            return result != -Errno.EINPROGRESS && Errno.checked(result) == 0;
        }
    }

    /// Whether a connection has come about, as connect(2) says to find out.
    synchronized boolean isConnected() throws IOException {
        try (var arena = Arena.ofConfined()) {
            // struct pollfd { int fd; short events; short revents; }
            var poll = arena.allocate(Long.BYTES, Integer.BYTES);
            poll.set(JAVA_INT, 0, fd());
            poll.set(JAVA_SHORT, Integer.BYTES, POLLOUT);
            if (Errno.checked(Syscall.POLL.again(poll.address(), 1, 0)) == 0) return false;
            var error = arena.allocate(JAVA_INT);
            var length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            Errno.checked(Syscall.GETSOCKOPT.call(fd(), SOL_SOCKET, SO_ERROR, error.address(), length.address()));
            if (error.get(JAVA_INT, 0) != 0) throw Errno.exception(error.get(JAVA_INT, 0));
            return true;
        }
    }

    /// @return how many bytes came, 0 for none yet, -1 for none any more
    synchronized int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) return 0;
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(Math.min(into.remaining(), PIECE));
            long length = Syscall.RECV.again(fd(), bytes.address(), bytes.byteSize(), 0);
            if (length == -Errno.EAGAIN) return 0;
            if (Errno.checked(length) == 0) return -1;
            into.put(bytes.asSlice(0, length).asByteBuffer());
            return (int) length;
        }
    }

    /// Write as much as goes.
    synchronized int write(ByteBuffer from) throws IOException {
        int written = 0;
        try (var arena = Arena.ofConfined()) {
            var bytes = from.hasRemaining() ? arena.allocate(Math.min(from.remaining(), PIECE)) : MemorySegment.NULL;
            while (from.hasRemaining()) {
                int length = Math.min(from.remaining(), PIECE);
                bytes.copyFrom(MemorySegment.ofBuffer(from.slice(from.position(), length)));
                long sent = Syscall.SEND.again(fd(), bytes.address(), length, MSG_NOSIGNAL);
                if (sent == -Errno.EAGAIN) return written;
                from.position(from.position() + Errno.checked(sent));
                written += (int) sent;
            }
        }
        return written;
    }

    /// @param how 0 for no more to come, 1 for no more to be sent
    synchronized void shutdown(int how) throws IOException {
        Errno.checked(Syscall.SHUTDOWN.call(fd(), how));
    }

    synchronized void watchedBy(Readiness readiness, Runnable ready) throws IOException {
        readiness.watch(fd(), ready);
    }

    /// Repeatable.
    synchronized void close() {
        if (fd == CLOSED) return;
        Syscall.CLOSE.call(fd);
        fd = CLOSED;
    }
}

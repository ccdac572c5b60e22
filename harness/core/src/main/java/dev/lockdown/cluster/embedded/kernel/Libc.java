package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The few system calls that everything here rests on, through libc. A failed one is a [KernelException] that names it.
///
/// It must not touch `java.net` or NIO channels: [Loopback] needs these calls before the JDK looks for IPv6.
final class Libc {
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int MFD_CLOEXEC = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;

    private static final NativeFunction SETNS = NativeFunction.ofLibc("setns");
    private static final NativeFunction UNSHARE = NativeFunction.ofLibc("unshare");
    private static final NativeFunction OPEN = NativeFunction.ofLibc("open");
    private static final NativeFunction CLOSE = NativeFunction.ofLibc("close");
    private static final NativeFunction WRITE = NativeFunction.ofLibc("write");
    private static final NativeFunction MEMFD_CREATE = NativeFunction.ofLibc("memfd_create");
    private static final NativeFunction IOCTL = NativeFunction.ofLibc("ioctl");
    private static final NativeFunction SOCKET = NativeFunction.ofLibc("socket");
    private static final NativeFunction SEND = NativeFunction.ofLibc("send");
    private static final NativeFunction RECV = NativeFunction.ofLibc("recv");
    private static final NativeFunction SETSOCKOPT = NativeFunction.ofLibc("setsockopt");
    private static final NativeFunction GETSOCKOPT = NativeFunction.ofLibc("getsockopt");

    private Libc() {}

    /// setns(2): move the calling thread into a network namespace.
    static void setns(int namespace) {
        check("setns", SETNS.toInt(namespace, CLONE_NEWNET));
    }

    /// unshare(2): move the calling thread into a network namespace of its own.
    static void unshareNetwork() {
        check("unshare(CLONE_NEWNET)", UNSHARE.toInt(CLONE_NEWNET));
    }

    /// open(2), closed again on exec.
    static int open(String path, int flags) {
        try (var arena = Arena.ofConfined()) {
            return check("open " + path, OPEN.toInt(arena.allocateFrom(path).address(), flags | O_CLOEXEC));
        }
    }

    /// close(2). Not tried again on EINTR: Linux has released the descriptor by then.
    static void close(int fd) {
        CLOSE.toInt(fd);
    }

    /// memfd_create(2): an empty file without a name, closed on exec.
    static int anonymousFile(String name) {
        try (var arena = Arena.ofConfined()) {
            return check("memfd_create", MEMFD_CREATE.toInt(arena.allocateFrom(name).address(), MFD_CLOEXEC));
        }
    }

    /// write(2) of the whole text in one call, as /proc/sys demands.
    static void write(int fd, String text, String what) {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(text);
            long length = bytes.byteSize() - 1;
            if (check("write " + what, WRITE.toLong(fd, bytes.address(), length)) != length)
                throw new KernelException("write " + what, Errno.ENOSPC);
        }
    }

    /// ioctl(2) with a pointer.
    static void ioctl(int fd, long request, MemorySegment argument, String what) {
        check("ioctl " + what, IOCTL.toInt(fd, request, argument.address()));
    }

    /// socket(2), closed on exec.
    static int socket(int family, int type, int protocol) {
        return check("socket", SOCKET.toInt(family, type | SOCK_CLOEXEC, protocol));
    }

    /// send(2) of the first `length` bytes.
    static void send(int fd, MemorySegment bytes, long length) {
        check("send", SEND.toLong(fd, bytes.address(), length, 0));
    }

    /// recv(2), waiting until something is there.
    static int recv(int fd, MemorySegment into) {
        while (true) {
            long length = RECV.toLong(fd, into.address(), into.byteSize(), 0);
            if (length != -Errno.EINTR) return check("recv", length);
        }
    }

    /// recv(2) without waiting and without an exception, because finding nothing is the common case.
    ///
    /// @return the length, or the negated errno
    static int recvNow(int fd, MemorySegment into) {
        return (int) RECV.toLong(fd, into.address(), into.byteSize(), MSG_DONTWAIT);
    }

    /// setsockopt(2) of an option whose value is an int.
    ///
    /// @return whether the kernel took it
    static boolean trySetOption(int fd, int level, int option, int value) {
        try (var arena = Arena.ofConfined()) {
            return SETSOCKOPT.toInt(fd, level, option, arena.allocateFrom(JAVA_INT, value).address(), Integer.BYTES) >= 0;
        }
    }

    /// getsockopt(2) of an option whose value is an int, or -1 if it has none.
    static int option(int fd, int level, int option) {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(JAVA_INT);
            var length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            return GETSOCKOPT.toInt(fd, level, option, value.address(), length.address()) < 0 ? -1 : value.get(JAVA_INT, 0);
        }
    }

    private static int check(String call, long result) {
        if (result < 0) throw new KernelException(call, (int) -result);
        return (int) result;
    }
}

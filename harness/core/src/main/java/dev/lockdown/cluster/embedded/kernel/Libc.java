package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/// The few system calls that everything here rests on, through libc. A failed one is a [KernelException] that names it.
///
/// It must not touch `java.net` or NIO channels: [Loopback] needs these calls before the JDK looks for IPv6.
final class Libc {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int MFD_CLOEXEC = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CALL_STATE.byteOffset(PathElement.groupElement("errno"));

    private static final MethodHandle SETNS = handle("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle UNSHARE = handle("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle OPEN =
        handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle WRITE = handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle MEMFD_CREATE = handle("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SEND = handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV = handle("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
        handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
        handle("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle IOCTL =
        handle("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));

    private Libc() {}

    /// setns(2): move the calling thread into a network namespace.
    static void setns(int namespace) {
        check("setns", call(errno -> (int) SETNS.invokeExact(errno, namespace, CLONE_NEWNET)));
    }

    /// unshare(2): move the calling thread into a network namespace of its own.
    static void unshareNetwork() {
        check("unshare(CLONE_NEWNET)", call(errno -> (int) UNSHARE.invokeExact(errno, CLONE_NEWNET)));
    }

    /// open(2), closed again on exec.
    static int open(String path, int flags) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(path);
            return (int) check("open " + path, call(errno -> (int) OPEN.invokeExact(errno, name, flags | O_CLOEXEC)));
        }
    }

    /// close(2). Not tried again on EINTR: Linux has released the descriptor by then.
    static void close(int fd) {
        call(errno -> (int) CLOSE.invokeExact(errno, fd));
    }

    /// memfd_create(2): an empty file without a name, closed on exec.
    static int anonymousFile(String name) {
        try (var arena = Arena.ofConfined()) {
            var text = arena.allocateFrom(name);
            return (int) check("memfd_create", call(errno -> (int) MEMFD_CREATE.invokeExact(errno, text, MFD_CLOEXEC)));
        }
    }

    /// write(2) of the whole text in one call, as /proc/sys demands.
    static void write(int fd, String text, String what) {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(text);
            long length = bytes.byteSize() - 1;
            long written = check("write " + what, call(errno -> (long) WRITE.invokeExact(errno, fd, bytes, length)));
            if (written != length) throw new KernelException("write " + what, Errno.ENOSPC);
        }
    }

    /// socket(2), closed on exec.
    static int socket(int family, int type, int protocol) {
        return (int) check("socket", call(errno -> (int) SOCKET.invokeExact(errno, family, type | SOCK_CLOEXEC, protocol)));
    }

    /// send(2) of the first `length` bytes.
    static void send(int fd, MemorySegment bytes, long length) {
        check("send", call(errno -> (long) SEND.invokeExact(errno, fd, bytes, length, 0)));
    }

    /// recv(2), waiting until something is there.
    static int recv(int fd, MemorySegment into) {
        return (int) check("recv", call(errno -> (long) RECV.invokeExact(errno, fd, into, into.byteSize(), 0)));
    }

    /// recv(2) without waiting and without an exception, because finding nothing is the common case.
    ///
    /// @return the length, or the negated errno
    static int recvNow(int fd, MemorySegment into) {
        return (int) call(errno -> (long) RECV.invokeExact(errno, fd, into, into.byteSize(), MSG_DONTWAIT));
    }

    /// setsockopt(2) of an option whose value is an int.
    ///
    /// @return whether the kernel took it
    static boolean trySetOption(int fd, int level, int option, int value) {
        try (var arena = Arena.ofConfined()) {
            var holder = arena.allocateFrom(JAVA_INT, value);
            return call(errno -> (int) SETSOCKOPT.invokeExact(errno, fd, level, option, holder, Integer.BYTES)) >= 0;
        }
    }

    /// getsockopt(2) of an option whose value is an int, or -1 if it has none.
    static int option(int fd, int level, int option) {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(JAVA_INT);
            var length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            long result = call(errno -> (int) GETSOCKOPT.invokeExact(errno, fd, level, option, value, length));
            return result < 0 ? -1 : value.get(JAVA_INT, 0);
        }
    }

    /// ioctl(2) with a pointer.
    static void ioctl(int fd, long request, MemorySegment argument, String what) {
        check("ioctl " + what, call(errno -> (int) IOCTL.invokeExact(errno, fd, request, argument)));
    }

    private interface Call {
        long on(MemorySegment callState) throws Throwable;
    }

    /// @return what the call returned, or the negated errno; a call that a signal interrupted is made again
    private static long call(Call call) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CALL_STATE);
            while (true) {
                long result = call.on(state);
                if (result >= 0) return result;
                int errno = state.get(JAVA_INT, ERRNO);
                if (errno != Errno.EINTR) return -errno;
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }

    private static long check(String name, long result) {
        if (result < 0) throw new KernelException(name, (int) -result);
        return result;
    }

    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        var all = new ArrayList<>(List.of(options));
        all.add(Linker.Option.captureCallState("errno"));
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all.toArray(Linker.Option[]::new));
    }
}

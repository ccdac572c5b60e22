package dev.lockdown.probe.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// The system calls of sockets, through libc: functions of integers and pointers.
///
/// All are called as if they took five longs, which every calling convention of Linux that Java runs on allows: linking each by
/// itself costs 10 ms and more.
enum Syscall {
    SOCKET("socket"), BIND("bind"), LISTEN("listen"), ACCEPT("accept4"), CONNECT("connect"), POLL("poll"), SEND("send"), RECV(
        "recv"), SHUTDOWN("shutdown"), GETSOCKNAME("getsockname"), GETSOCKOPT("getsockopt"), SETSOCKOPT("setsockopt"), EPOLL_CREATE(
            "epoll_create1"), EPOLL_CTL("epoll_ctl"), EPOLL_WAIT("epoll_wait"), EVENTFD("eventfd"), WRITE("write"), CLOSE("close");

    private static final int ARGUMENTS = 5;

    private final MemorySegment address;

    Syscall(String name) {
        address = Linked.LINKER.defaultLookup().findOrThrow(name);
    }

    /// @return what the function returned, or the negated errno
    long call(long... arguments) {
        var all = Arrays.copyOf(arguments, ARGUMENTS);
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            // All of them return an int, or a length that fits into one; the upper half of the register may hold anything.
            int result = (int) (long) Linked.CALL.invokeExact(address, state, all[0], all[1], all[2], all[3], all[4]);
            return result < 0 ? -state.get(JAVA_INT, Linked.ERRNO) : result;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }

    /// The same, once more where a signal came in between.
    long again(long... arguments) {
        long result = call(arguments);
        while (result == -Errno.EINTR) result = call(arguments);
        return result;
    }

    /// The words of strerror(3), as the JDK puts them into its own exceptions.
    static String text(int errno) {
        try {
            var text = (MemorySegment) Linked.STRERROR.invokeExact(errno);
            return text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }

    private static final class Linked {
        static final Linker LINKER = Linker.nativeLinker();
        static final long ERRNO = Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));
        static final MethodHandle CALL =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.captureCallState("errno"));
        static final MethodHandle STRERROR =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }
}

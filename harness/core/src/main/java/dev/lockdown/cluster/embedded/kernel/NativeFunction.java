package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// A C function whose arguments are integers and pointers, at most six of them.
///
/// All are called as if they took six longs, which every calling convention of Linux that Java runs on allows (what a function
/// does not look at does no harm): linking each signature by itself costs 10 ms and more, at every start.
final class NativeFunction {
    private static final int ARGUMENTS = 6;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CALL_STATE.byteOffset(PathElement.groupElement("errno"));
    private static final MethodHandle CALL = LINKER.downcallHandle(
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        Linker.Option.captureCallState("errno"));

    private final MemorySegment address;

    private NativeFunction(MemorySegment address) {
        this.address = address;
    }

    static NativeFunction ofLibc(String name) {
        return in(LINKER.defaultLookup(), name);
    }

    static NativeFunction in(SymbolLookup library, String name) {
        return new NativeFunction(library.findOrThrow(name));
    }

    /// Call a function that returns an `int`.
    ///
    /// @return where the result is negative, the negated errno if there is one
    int toInt(long... arguments) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CALL_STATE);
            // The upper half of the register may hold anything.
            int result = (int) call(state, arguments);
            return result < 0 ? (int) failure(result, state) : result;
        }
    }

    /// Call a function that returns a `ssize_t` or a pointer.
    ///
    /// @return where the result is negative, the negated errno if there is one
    long toLong(long... arguments) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(CALL_STATE);
            long result = call(state, arguments);
            return result < 0 ? failure(result, state) : result;
        }
    }

    private static long failure(long result, MemorySegment state) {
        int errno = state.get(JAVA_INT, ERRNO);
        // Not every library sets it, and no failure may read as 0.
        return errno > 0 ? -errno : result;
    }

    private long call(MemorySegment state, long[] arguments) {
        var all = Arrays.copyOf(arguments, ARGUMENTS);
        try {
            return (long) CALL.invokeExact(address, state, all[0], all[1], all[2], all[3], all[4], all[5]);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }
}

package dev.lockdown.cluster.embedded.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// nftables in the namespace in which it was opened, by libnftables and without a process. Safe for use by several threads.
///
/// A script is one transaction, and is enforced when [#run] returns.
///
/// See libnftables(3).
public final class Nftables implements AutoCloseable {
    private static final int ROOM = 4 << 20;

    private final NftablesLibrary library;
    private final long context;
    private boolean closed;

    private Nftables(NftablesLibrary library, long context) {
        this.library = library;
        this.context = context;
    }

    /// Open in the calling thread's namespace.
    ///
    /// @throws dev.lockdown.cluster.EnvironmentException if libnftables is not installed
    public static Nftables open() {
        var library = NftablesLibrary.load(NftablesLibrary.NAME);
        var before = NetfilterSockets.open();
        var opened = new Nftables(library, library.newContext().toLong(0));
        enlarge(before);
        opened.gather(library.bufferOutput());
        opened.gather(library.bufferErrors());
        return opened;
    }

    /// Run a script: all of it, or nothing.
    ///
    /// @return what it printed
    /// @throws NftablesException with libnftables' own words if the script is refused
    public synchronized String run(String script) {
        if (closed) throw new IllegalStateException("this nftables context is closed");
        // From a file, because only then do errors say the line.
        int file = Libc.anonymousFile("nftables");
        try (var arena = Arena.ofConfined()) {
            Libc.write(file, script, "a script of nftables");
            var path = "/proc/self/fd/" + file;
            int status = library.run().toInt(context, arena.allocateFrom(path).address());
            // Reading a buffer also empties it.
            var output = text(library.output());
            var errors = text(library.errors());
            if (status != 0) throw new NftablesException(errors.replace(path, "line"));
            return output;
        } finally {
            Libc.close(file);
        }
    }

    /// Let go of the context; the rules stay as long as their namespace. Repeatable.
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        library.freeContext().toInt(context);
    }

    /// libnftables sizes the buffer of its socket with SO_SNDBUFFORCE, which a user namespace may not, and then refuses
    /// scripts over some 200 KB ("Message too long"). The socket is the one that was not there before.
    private static void enlarge(Set<Integer> before) {
        for (int fd : NetfilterSockets.open()) if (!before.contains(fd)) NetfilterSockets.enlarge(fd, ROOM);
    }

    private void gather(NativeFunction output) {
        if (output.toInt(context) != 0) throw new IllegalStateException("libnftables has no memory for its buffers");
    }

    private String text(NativeFunction buffer) {
        return MemorySegment.ofAddress(buffer.toLong(context)).reinterpret(Long.MAX_VALUE).getString(0);
    }
}

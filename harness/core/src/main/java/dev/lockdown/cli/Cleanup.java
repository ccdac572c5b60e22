package dev.lockdown.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What must be given back even if the process is interrupted, by Ctrl-C or `kill`.
///
/// ```java
/// try (var backend = …) {
///     cleanup.add(backend);
///     …
/// }
/// ```
/// Thread-safe.
final class Cleanup {
    /// A namespace of a real cluster goes slowly.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private enum State { RUNNING, OVER, INTERRUPTED }

    private final Deque<AutoCloseable> resources = new ArrayDeque<>(); // guarded by this
    private State state = State.RUNNING; // guarded by this

    /// Close a resource if the process is interrupted from now on, the last added first. Its owner closes it otherwise; closing
    /// must be repeatable.
    ///
    /// @throws IllegalStateException if the process is interrupted already
    synchronized void add(AutoCloseable resource) {
        if (state == State.INTERRUPTED) throw new IllegalStateException("interrupted");
        resources.push(resource);
    }

    /// Tell that the command is done and its owners have closed everything.
    ///
    /// @return false if the process was interrupted before: then the exit status is no longer the command's to say
    synchronized boolean over() {
        if (state == State.RUNNING) state = State.OVER;
        return state == State.OVER;
    }

    /// Close everything unless the command is done. One that fails or hangs does not keep the others or the process.
    ///
    /// @return whether there was something to interrupt
    boolean interrupt(PrintWriter complaints) {
        synchronized (this) {
            if (state != State.RUNNING) return false;
            state = State.INTERRUPTED;
        }
        var closer = Thread.ofPlatform().daemon().name("cleanup").start(() -> closeAll(complaints));
        try {
            if (!closer.join(PATIENCE)) complaints.println("warning: not cleaned up within %s s".formatted(PATIENCE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private void closeAll(PrintWriter complaints) {
        for (var resource = next(); resource != null; resource = next()) {
            try {
                resource.close();
            } catch (Exception e) {
                complaints.println("warning: not cleaned up: " + e);
            }
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        return resources.poll();
    }
}

package dev.lockdown.cluster.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What has been opened for a cluster, to be closed the other way round, all of it, whatever fails.
final class Opened implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>();

    /// @return the same
    <T> T add(T opened, Consumer<T> close) {
        closings.push(() -> close.accept(opened));
        return opened;
    }

    /// Repeatable.
    ///
    /// @throws RuntimeException the first failure, with further ones suppressed
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!closings.isEmpty()) failure = worse(failure, closings.pop());
        if (failure != null) throw failure;
    }

    private static @Nullable RuntimeException worse(@Nullable RuntimeException first, Runnable closing) {
        try {
            closing.run();
            return first;
        } catch (RuntimeException e) {
            if (first == null) return e;
            first.addSuppressed(e);
            return first;
        }
    }
}

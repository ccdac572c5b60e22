package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.cluster.ClusterException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The threads of one cluster: virtual ones for calls that wait, and one that looks after the agents' streams.
public final class Threads implements AutoCloseable {
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService upkeep =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("agents' streams").factory());
    private final Set<AgentLink> links = ConcurrentHashMap.newKeySet();

    public Threads() {
        var _ = upkeep.scheduleWithFixedDelay(() -> links.forEach(Threads::beat), 200, 200, TimeUnit.MILLISECONDS);
    }

    public ExecutorService executor() {
        return calls;
    }

    /// One that fails must not end the care for all.
    private static void beat(AgentLink link) {
        try {
            link.beat();
        } catch (RuntimeException e) {
            link.lose("its stream cannot be looked after: " + e);
        }
    }

    public AgentLink lookAfter(AgentLink link) {
        links.add(link);
        return link;
    }

    public void release(AgentLink link) {
        links.remove(link);
        link.close();
    }

    /// Do something with each, all at the same time, and wait for all of it. The first failure is thrown, the others are suppressed in it.
    public <T> void all(Collection<T> items, Consumer<T> each) {
        var failure = failure(items.stream().map(item -> calls.submit(() -> each.accept(item))).toList());
        if (failure != null) throw failure;
    }

    /// Wait for all of this.
    ///
    /// @return the first failure, the others suppressed in it; null where there is none
    public static @Nullable RuntimeException failure(Collection<? extends Future<?>> under) {
        RuntimeException worst = null;
        for (var one : under)
            try {
                one.get();
            } catch (ExecutionException e) {
                var failure = e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
                if (worst == null) worst = failure;
                else if (worst != failure) worst.addSuppressed(failure);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                under.forEach(u -> u.cancel(true));
                return new ClusterException("interrupted", e);
            }
        return worst;
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
        calls.shutdownNow();
    }
}

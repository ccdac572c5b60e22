package dev.lockdown.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Looks of which the next one begins while others still wait for what does not come: what is dropped keeps each of them waiting for its
/// whole deadline. They are taken as they end, and those that nobody takes are left to themselves.
///
/// Used by one thread; where more than one may be under way, the looks are made on others.
///
/// @param <H> how to look
/// @param <T> what is seen
public final class LookAhead<H, T> {
    private final Duration apart;
    private final Function<H, T> look;
    private LinkedBlockingQueue<CompletableFuture<T>> ended = new LinkedBlockingQueue<>();
    private int underWay;

    /// @param apart so long after the one before the next look begins
    public LookAhead(Duration apart, Function<H, T> look) {
        this.apart = apart;
        this.look = look;
    }

    /// The look that ends next. What it throws is thrown.
    ///
    /// @param how those that begin now are made
    /// @param most so many may be under way at once, at least one
    /// @throws ClusterException if the thread is interrupted, and stays so
    public T next(H how, int most) {
        if (underWay == 0 && most == 1) return look.apply(how);
        if (underWay == 0) begin(how);
        try {
            CompletableFuture<T> next;
            while ((next = underWay < most ? ended.poll(apart.toNanos(), TimeUnit.NANOSECONDS) : ended.take()) == null) begin(how);
            underWay--;
            return next.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException thrown) throw thrown;
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", null);
        }
    }

    /// Leave those that are under way to themselves: what they see was asked too early.
    public void forget() {
        ended = new LinkedBlockingQueue<>();
        underWay = 0;
    }

    private void begin(H how) {
        underWay++;
        var taken = ended;
        var seen = new CompletableFuture<T>();
        Thread.ofVirtual().start(() -> {
            try {
                seen.complete(look.apply(how));
            } catch (RuntimeException | Error e) {
                seen.completeExceptionally(e);
            }
            taken.add(seen);
        });
    }
}

package dev.lockdown.report.html;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Makes something of each element on other threads, while one uses what is made in the order of the elements, and makes what is missing.
final class Ahead<T, R> {
    private final List<T> elements;
    private final Function<T, R> maker;
    private final List<CompletableFuture<R>> made;
    private final AtomicInteger next = new AtomicInteger();

    /// @param others may never run what they are given; then whoever asks makes all
    Ahead(List<T> elements, Function<T, R> maker, Executor others) {
        this.elements = elements;
        this.maker = maker;
        this.made = IntStream.range(0, elements.size()).mapToObj(_ -> new CompletableFuture<R>()).toList();
        for (int i = 1; i < Runtime.getRuntime().availableProcessors(); i++) others.execute(this::makeAll);
    }

    private void makeAll() {
        while (makeNext()) {}
    }

    /// @return whether there was one to be made
    private boolean makeNext() {
        int index = next.getAndIncrement();
        if (index >= elements.size()) return false;
        try {
            made.get(index).complete(maker.apply(elements.get(index)));
        } catch (RuntimeException e) {
            made.get(index).completeExceptionally(e);
        }
        return true;
    }

    /// Give what was made of one element, once it is.
    ///
    /// @throws java.util.concurrent.CompletionException if it could not be made
    R get(int index) {
        while (!made.get(index).isDone() && makeNext()) {}
        return made.get(index).join();
    }
}

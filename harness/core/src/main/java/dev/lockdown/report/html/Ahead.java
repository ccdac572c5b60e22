package dev.lockdown.report.html;

import java.util.ArrayDeque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes something of each element on other threads, while one gives the elements, takes what is made of them in their order, and makes
/// what is missing. Nothing is kept of what was taken. Used by that one thread.
final class Ahead<T, R> {
    private final Function<T, R> maker;
    private final Executor others;
    private final ArrayDeque<FutureTask<R>> tasks = new ArrayDeque<>();

    /// @param others may never run what they are given; then whoever takes makes all
    Ahead(Function<T, R> maker, Executor others) {
        this.maker = maker;
        this.others = others;
    }

    void add(T element) {
        var task = new FutureTask<>(() -> maker.apply(element));
        tasks.add(task);
        others.execute(task);
    }

    /// How many were added and not taken.
    int size() {
        return tasks.size();
    }

    /// Take what was made of the first element that was not taken yet.
    ///
    /// @return null where there is none, or it is not made yet
    /// @throws CompletionException as [#take] does
    @Nullable R poll() {
        var first = tasks.peek();
        return first == null || !first.isDone() ? null : take();
    }

    /// Take what was made of the first element that was not taken yet; while another thread is at that, make the next ones.
    ///
    /// @throws CompletionException if it could not be made
    /// @throws java.util.NoSuchElementException if there is none
    R take() {
        var first = tasks.element();
        for (var task : tasks) {
            if (first.isDone()) break;
            // Does nothing where another thread has begun.
            task.run();
        }
        tasks.remove();
        return result(first);
    }

    private static <R> R result(FutureTask<R> task) {
        boolean interrupted = false;
        try {
            while (true)
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new CompletionException(e.getCause());
                }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}

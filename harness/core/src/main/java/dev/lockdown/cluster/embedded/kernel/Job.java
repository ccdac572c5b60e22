package dev.lockdown.cluster.embedded.kernel;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread.Task;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// A task on its way to a [NamespaceThread] and back.
///
/// Unlike a cancelled [java.util.concurrent.FutureTask] it is waited for to its end when its caller is interrupted, so that no
/// socket is opened behind the caller's back.
final class Job<T extends @Nullable Object, X extends Exception> implements Runnable {
    private enum Stage { WAITING, RUNNING, DONE }

    private final Task<T, X> task;
    private Stage stage = Stage.WAITING;
    private @Nullable Thread runner;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Job(Task<T, X> task) {
        this.task = task;
    }

    @Override
    public void run() {
        if (!begin()) return;
        try {
            end(task.run(), null);
        } catch (Throwable e) {
            end(null, e);
        }
    }

    /// Wait for the end. An interruption is passed on to the task, and is there again for the caller when this returns.
    @SuppressWarnings({"unchecked", "NullAway"}) // what is neither an error nor unchecked is an X; a task of null results has a T for it
    synchronized T await() throws X {
        boolean interrupted = false;
        while (stage != Stage.DONE) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
                interrupt();
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        if (failure instanceof Error e) throw e;
        if (failure instanceof RuntimeException e) throw e;
        if (failure != null) throw (X) failure;
        return result;
    }

    private synchronized boolean begin() {
        if (stage != Stage.WAITING) return false;
        stage = Stage.RUNNING;
        runner = Thread.currentThread();
        return true;
    }

    private synchronized void end(@Nullable T value, @Nullable Throwable thrown) {
        result = value;
        failure = thrown;
        stage = Stage.DONE;
        notifyAll();
    }

    private void interrupt() {
        if (runner != null) {
            runner.interrupt();
        } else {
            stage = Stage.DONE;
            failure = new CancellationException("interrupted before the task began");
        }
    }
}

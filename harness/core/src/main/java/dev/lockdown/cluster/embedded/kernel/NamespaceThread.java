package dev.lockdown.cluster.embedded.kernel;

import dev.lockdown.cluster.EnvironmentException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// One thread that enters network namespaces on behalf of others, because setns(2) moves a thread and nothing else.
///
/// Sockets opened by a task stay in that namespace and are used from any thread afterwards:
/// ```java
/// try (var thread = NamespaceThread.start("namespaces"); var pod = thread.create()) {
///     SocketChannel channel = thread.in(pod, () -> SocketChannel.open(StandardProtocolFamily.INET));
/// }
/// ```
/// Between tasks it rests in an empty namespace of its own, where a socket opened by mistake finds the network unreachable and
/// never the machine's. **A task must not start threads** (a virtual thread may start carriers): they would inherit the pod.
/// `new Socket()` and `new ServerSocket()` have no descriptor yet and would open one later, elsewhere: open channels.
///
/// Safe for use by several threads; their tasks run one after another.
public final class NamespaceThread implements AutoCloseable {

    /// What is done inside a namespace, and what it may throw.
    @FunctionalInterface
    public interface Task<T extends @Nullable Object, X extends Exception> {
        T run() throws X;
    }

    /// A [Task] without a result.
    @FunctionalInterface
    public interface Action<X extends Exception> {
        void run() throws X;
    }

    private final BlockingQueue<Job<?, ?>> jobs = new LinkedBlockingQueue<>();
    private final Job<Boolean, RuntimeException> last = new Job<>(() -> true);
    private final Thread thread;
    private volatile @Nullable NetworkNamespace rest;
    private @Nullable NetworkNamespace current; // of this thread alone
    private boolean closed; // guarded by this

    private NamespaceThread(String name) {
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
    }

    /// Start a thread and give it its empty resting place.
    ///
    /// @throws EnvironmentException if this process may not make network namespaces
    public static NamespaceThread start(String name) {
        var started = new NamespaceThread(name);
        started.thread.start();
        try {
            started.rest = started.<NetworkNamespace, RuntimeException>submit(started::unshare);
            return started;
        } catch (KernelException e) {
            started.close();
            throw new EnvironmentException("""
                this process may not make network namespaces: %s
                  run it as root, or inside a user namespace: unshare --user --map-root-user --net --mount COMMAND"""
                .formatted(e.getMessage()), e);
        }
    }

    /// Run a task inside a namespace. From a task on this very thread it is run at once, and the thread then goes back to where it was.
    ///
    /// @throws java.util.concurrent.CancellationException if the caller was interrupted before the task began; afterwards the
    ///     interruption is passed on to the task, and its end is waited for
    public <T extends @Nullable Object, X extends Exception> T in(NetworkNamespace namespace, Task<T, X> task) throws X {
        return run(() -> {
            enter(namespace);
            return task.run();
        });
    }

    /// [#in(NetworkNamespace, Task)] without a result.
    public <X extends Exception> void in(NetworkNamespace namespace, Action<X> action) throws X {
        this.<Boolean, X>in(namespace, () -> {
            action.run();
            return true;
        });
    }

    /// Run a task that starts in the resting place and may [#enter] one namespace after another.
    public <T extends @Nullable Object, X extends Exception> T run(Task<T, X> task) throws X {
        var from = Thread.currentThread() == thread ? current : rest;
        Task<T, X> there = () -> {
            try {
                return task.run();
            } finally {
                if (from != null) enter(from);
            }
        };
        return Thread.currentThread() == thread ? there.run() : submit(there);
    }

    /// [#run(Task)] without a result.
    public <X extends Exception> void run(Action<X> action) throws X {
        this.<Boolean, X>run(() -> {
            action.run();
            return true;
        });
    }

    /// Make an empty namespace: nothing but a loopback that is down. From a task on this thread, the thread is left inside.
    public NetworkNamespace create() {
        return Thread.currentThread() == thread ? unshare() : run(this::unshare);
    }

    /// Move this thread, from a task that runs on it, into a namespace. Costs a system call of 1.5 us, or nothing if it is there already.
    ///
    /// @throws IllegalStateException if called on another thread
    public void enter(NetworkNamespace namespace) {
        if (Thread.currentThread() != thread)
            throw new IllegalStateException("enter() called on thread %s: only a task on thread %s may move it"
                .formatted(Thread.currentThread().getName(), thread.getName()));
        if (current == namespace) return;
        Libc.setns(namespace.fd());
        current = namespace;
    }

    /// End the thread after the tasks that were given to it. Repeatable. Not from a task on this thread.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) return;
            closed = true;
            jobs.add(last);
        }
        last.await();
        if (rest != null) rest.close();
    }

    private <T extends @Nullable Object, X extends Exception> T submit(Task<T, X> task) throws X {
        var job = new Job<>(task);
        synchronized (this) {
            if (closed) throw new IllegalStateException("thread %s is closed".formatted(thread.getName()));
            jobs.add(job);
        }
        return job.await();
    }

    private NetworkNamespace unshare() {
        var made = NetworkNamespace.unshare();
        current = made;
        return made;
    }

    private void work() {
        Job<?, ?> done;
        do {
            done = next();
            done.run();
        } while (done != last);
    }

    private Job<?, ?> next() {
        while (true) {
            try {
                return jobs.take();
            } catch (InterruptedException _) {
                // It was meant for the task that has just ended, and is taken off here.
            }
        }
    }
}

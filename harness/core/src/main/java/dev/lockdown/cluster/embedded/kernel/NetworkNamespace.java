package dev.lockdown.cluster.embedded.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/// A network namespace, held by nothing but a file descriptor: once closed, and left by every thread and socket, it is gone.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/network_namespaces.7.html">network_namespaces(7)</a>
public final class NetworkNamespace implements AutoCloseable {
    // Of the thread: /proc/self would be the namespace of the process's first thread.
    private static final String OF_THIS_THREAD = "/proc/thread-self/ns/net";

    private final int fd;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NetworkNamespace(int fd) {
        this.fd = fd;
    }

    /// Open the namespace that the calling thread is in.
    public static NetworkNamespace ofThisThread() {
        return new NetworkNamespace(Libc.open(OF_THIS_THREAD, Libc.O_RDONLY));
    }

    /// Make a new namespace and leave the calling thread inside.
    static NetworkNamespace unshare() {
        Libc.unshareNetwork();
        return ofThisThread();
    }

    /// @throws IllegalStateException if it is closed: its number may mean another file by now
    int fd() {
        if (closed.get()) throw new IllegalStateException("the network namespace (descriptor %s) is closed".formatted(fd));
        return fd;
    }

    /// Let go of the namespace. Repeatable. Not while another thread is entering it.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) Libc.close(fd);
    }

    @Override
    public String toString() {
        return closed.get() ? "closed network namespace" : "network namespace (descriptor %s)".formatted(fd);
    }
}

package dev.lockdown.probe.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Waits for many [Watchable]s at once, on a thread of its own, and tells of each when it is ready. Edge-triggered: whoever is told goes on
/// until nothing is possible any more.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
public final class Readiness implements AutoCloseable {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_MOD = 3;
    /// EPOLLIN, EPOLLOUT, EPOLLRDHUP and EPOLLET; errors come unasked.
    private static final int EVENTS = 0x1 | 0x4 | 0x2000 | 1 << 31;
    private static final int EPOLLIN = 0x1;
    private static final int AT_ONCE = 64;
    private static final int FOR_EVER = -1;

    /// `struct epoll_event { u32 events; u64 data; }`, packed on x86-64 alone.
    private static final int DATA = "amd64".equals(System.getProperty("os.arch")) ? 4 : 8;
    private static final int EVENT = DATA + Long.BYTES;

    private final int epoll;
    private final int stop;
    private final Thread thread;
    private final Map<Integer, Runnable> watched = new ConcurrentHashMap<>();
    private boolean closed; // guarded by this

    private Readiness(int epoll, int stop, String name) {
        this.epoll = epoll;
        this.stop = stop;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /// @param name of the thread
    public static Readiness start(String name) throws IOException {
        int epoll = Errno.checked(Syscall.EPOLL_CREATE.call(EPOLL_CLOEXEC));
        long stop = Syscall.EVENTFD.call(0, EFD_CLOEXEC);
        try {
            var started = new Readiness(epoll, Errno.checked(stop), name);
            started.control(EPOLL_CTL_ADD, started.stop, EPOLLIN);
            started.thread.start();
            return started;
        } catch (IOException e) {
            if (stop >= 0) Syscall.CLOSE.call(stop);
            Syscall.CLOSE.call(epoll);
            throw e;
        }
    }

    /// @param fd open until this returns; closing it ends the watch
    synchronized void watch(int fd, Runnable ready) throws IOException {
        if (closed) throw new IOException(thread.getName() + " has ended");
        // One that was closed has given its number to this one, or will to a later one.
        watched.put(fd, ready);
        long added = added(EPOLL_CTL_ADD, fd, EVENTS);
        if (added == -Errno.EEXIST) control(EPOLL_CTL_MOD, fd, EVENTS);
        else Errno.checked(added);
    }

    private void control(int operation, int fd, int events) throws IOException {
        Errno.checked(added(operation, fd, events));
    }

    private long added(int operation, int fd, int events) {
        try (var arena = Arena.ofConfined()) {
            var event = arena.allocate(EVENT, Long.BYTES);
            event.set(JAVA_INT, 0, events);
            event.set(JAVA_LONG_UNALIGNED, DATA, fd);
            return Syscall.EPOLL_CTL.call(epoll, operation, fd, event.address());
        }
    }

    private void run() {
        try (var arena = Arena.ofConfined()) {
            var events = arena.allocate((long) EVENT * AT_ONCE, Long.BYTES);
            boolean going = true;
            while (going) going = told(events, Syscall.EPOLL_WAIT.again(epoll, events.address(), AT_ONCE, FOR_EVER));
        } finally {
            Syscall.CLOSE.call(stop);
            Syscall.CLOSE.call(epoll);
        }
    }

    /// @return whether to go on
    private boolean told(MemorySegment events, long count) {
        for (int i = 0; i < count; i++) {
            int fd = (int) events.get(JAVA_LONG_UNALIGNED, (long) i * EVENT + DATA);
            if (fd == stop) return false;
            var ready = watched.get(fd);
            if (ready != null) ready.run();
        }
        return count >= 0;
    }

    /// End the thread. What is watched stays open. Repeatable.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) return;
            closed = true;
            try (var arena = Arena.ofConfined()) {
                Syscall.WRITE.call(stop, arena.allocateFrom(JAVA_LONG_UNALIGNED, 1).address(), Long.BYTES);
            }
        }
        boolean interrupted = false;
        while (thread.isAlive())
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        if (interrupted) Thread.currentThread().interrupt();
    }
}

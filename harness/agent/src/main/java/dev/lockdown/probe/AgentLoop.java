package dev.lockdown.probe;

import dev.lockdown.probe.socket.Readiness;
import dev.lockdown.probe.socket.Watchable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Drives an agent with one thread and one selector: its servers always, and the dials that it is given.
public final class AgentLoop implements AutoCloseable {
    /// So many dials at once; the others wait their turn, before their deadlines begin. Keeps far from the usual limit of 1,024 descriptors.
    private static final int WINDOW = 250;
    /// And a quarter of what waits, or so many at least, are new at once: one that is not answered yet and began so short a time ago. Who is
    /// answered would else wait for all others to begin, here and where they all go to, and that would count as its round trip.
    private static final int LEAST_NEW = 8;
    private static final int SHARE_NEW = 4;
    private static final long NEW = TimeUnit.MILLISECONDS.toNanos(20);

    private final Agent agent;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Pending> added = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private final List<Pending> underWay = new ArrayList<>();
    private final ArrayDeque<Pending> fresh = new ArrayDeque<>();
    private final Queue<Wakeups.Ready> woken = new ConcurrentLinkedQueue<>();
    private @Nullable Readiness readiness; // guarded by this
    private volatile boolean closed;

    private AgentLoop(Agent agent, Selector selector) {
        this.agent = agent;
        this.selector = selector;
        thread = Thread.ofPlatform().daemon().name("agent of " + agent.identity()).unstarted(this::run);
    }

    /// Start the thread. Servers that the agent opens later are driven as well.
    public static AgentLoop start(Agent agent) throws IOException {
        var loop = new AgentLoop(agent, Selector.open());
        agent.watchedBy(loop::watch);
        loop.thread.start();
        return loop;
    }

    /// Make the dials, many at once, and return when all are decided.
    ///
    /// @throws IllegalStateException if the loop is closed before they are
    public void make(List<Dial> dials) throws InterruptedException {
        var undecided = new CountDownLatch(dials.size());
        for (var dial : dials) added.add(new Pending(dial, undecided));
        selector.wakeup();
        while (!undecided.await(1, TimeUnit.SECONDS))
            if (!thread.isAlive()) throw new IllegalStateException("the loop of %s is closed".formatted(agent.identity()));
    }

    /// Wait until the selector has let go of every channel that was closed before: until then the kernel keeps it.
    public void letGo() throws InterruptedException {
        // The first time, the thread may have been on its way from the selector.
        for (int turn = 0; turn < 2; turn++) {
            var passed = new CountDownLatch(1);
            woken.add(passed::countDown);
            selector.wakeup();
            while (!passed.await(1, TimeUnit.SECONDS))
                if (!thread.isAlive()) throw new IllegalStateException("the loop of %s is closed".formatted(agent.identity()));
        }
    }

    private void watch(SelectableChannel channel, int operations, Wakeups.Ready ready) throws IOException {
        if (channel instanceof Watchable other) {
            other.watchedBy(readiness(), () -> {
                woken.add(ready);
                selector.wakeup();
            });
            return;
        }
        try {
            channel.register(selector, operations, ready);
            // Register does not disturb a selection under way.
            if (Thread.currentThread() != thread) selector.wakeup();
        } catch (ClosedSelectorException e) {
            throw new IOException("the loop of %s is closed".formatted(agent.identity()), e);
        }
    }

    /// For channels that are not the JDK's, of which most agents have none.
    private synchronized Readiness readiness() throws IOException {
        if (closed) throw new IOException("the loop of %s is closed".formatted(agent.identity()));
        if (readiness == null) readiness = Readiness.start("sockets of " + agent.identity());
        return readiness;
    }

    private void run() {
        try {
            while (!closed) {
                beginDials();
                selector.select(key -> ((Wakeups.Ready) key.attachment()).ready(), untilDue());
                for (Wakeups.Ready ready; (ready = woken.poll()) != null;) ready.ready();
                underWay.removeIf(Pending::finishedIfDue);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selector of %s".formatted(agent.identity()), e);
        } finally {
            underWay.forEach(pending -> pending.dial.close());
        }
    }

    private void beginDials() {
        for (Pending pending; (pending = added.poll()) != null;) waiting.add(pending);
        fresh.removeIf(pending -> pending.dial.isDecided() || pending.dial.age() >= NEW);
        while (!waiting.isEmpty() && underWay.size() < WINDOW && fresh.size() < Math.max(LEAST_NEW, waiting.size() / SHARE_NEW)) {
            var pending = waiting.remove();
            pending.dial.start(this::watch, pending);
            underWay.add(pending);
            fresh.add(pending);
        }
    }

    /// @return milliseconds for [Selector#select], where 0 is for ever
    private long untilDue() {
        if (underWay.isEmpty()) return 0;
        long soonest = Long.MAX_VALUE;
        for (var pending : underWay) soonest = Math.min(soonest, pending.dial.isDecided() ? 0 : pending.dial.untilDue());
        if (!waiting.isEmpty() && fresh.peek() instanceof Pending oldest) soonest = Math.min(soonest, NEW - oldest.dial.age());
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(soonest));
    }

    /// Stop the thread, close the dials under way and the agent's servers.
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive())
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        agent.close();
        // It wakes the selector.
        synchronized (this) {
            if (readiness != null) readiness.close();
        }
        Closing.quietly(selector);
        if (interrupted) Thread.currentThread().interrupt();
    }

    private record Pending(Dial dial, CountDownLatch undecided) implements Wakeups.Ready {
        @Override
        public void ready() {
            dial.advance();
        }

        /// Whoever heard something was told so; asking every socket each time would cost more than the dials.
        private boolean finishedIfDue() {
            if (!dial.isDecided() && !(dial.isDue() && dial.advance())) return false;
            undecided.countDown();
            return true;
        }
    }
}

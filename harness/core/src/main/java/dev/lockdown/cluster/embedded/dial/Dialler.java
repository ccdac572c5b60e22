package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Observation;
import dev.lockdown.probe.SourcePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Makes all dials of an embedded cluster, without a thread of any pod.
///
/// Virtual Ethernet carries a packet to its end inside the system call that sent it: when `connect` returns, the connection stands,
/// or is refused, or NFLOG has the report of the rule that dropped it. So each dial is made, its far end served, and its outcome read,
/// one after another without waiting. What is undecided all the same is tried on, together, until the deadline; silence alone decides
/// nothing before.
///
/// Used by one thread at a time.
public final class Dialler {
    private static final int FIRST_PORT = 10_000;
    private static final int LAST_PORT = 65_535;
    private static final int PORTS = LAST_PORT - FIRST_PORT + 1;

    /// The golden section of the range: however many network endpoints there are, their beginnings lie apart.
    private static final int APART = 34_325;

    private final List<NamespaceThread> threads;
    private final List<DropMonitor> monitors;
    private final AtomicInteger networkEndpoints = new AtomicInteger();

    /// @param threads one or more, each making a share of the dials
    /// @param monitors of all nodes
    public Dialler(List<NamespaceThread> threads, List<DropMonitor> monitors) {
        this.threads = List.copyOf(threads);
        this.monitors = List.copyOf(monitors);
    }

    /// Source ports for one network endpoint, which come again when connection tracking has forgotten them. Each begins elsewhere in the
    /// range, because a pod gets the address of one that has just gone, and pods of the host's network have their node's.
    public SourcePorts ports() {
        int begin = FIRST_PORT + Math.floorMod(networkEndpoints.getAndIncrement() * APART, PORTS);
        return SourcePorts.rotating(FIRST_PORT, LAST_PORT, begin, this::forgetConnections);
    }

    /// Make connection tracking forget everything, on all nodes. For use by several threads.
    public void forgetConnections() {
        monitors.forEach(DropMonitor::forgetConnections);
    }

    /// From now on, connections that are held open are not forgotten with the others.
    public void spareHeld() {
        monitors.forEach(DropMonitor::spareHeld);
    }

    /// Make the dials and give what they saw, in the same order.
    ///
    /// @param deadline of each dial
    /// @throws java.util.concurrent.CancellationException if the caller is interrupted while dials are undecided
    public List<Observation> observe(List<PlannedDial> dials, Duration deadline) {
        return observe(dials, deadline, _ -> {});
    }

    /// The same, saying meanwhile how many have been begun.
    ///
    /// @param begun called on the threads that make the dials
    public List<Observation> observe(List<PlannedDial> dials, Duration deadline, IntConsumer begun) {
        monitors.forEach(DropMonitor::clear);
        var queue = new DialQueue(dials, begun);
        var others = new ArrayList<CompletableFuture<Void>>();
        for (int i = 1; i < threads.size() && i * DialQueue.SHARE < dials.size(); i++) {
            var thread = threads.get(i);
            others.add(CompletableFuture.runAsync(() -> work(thread, queue, deadline), Thread::startVirtualThread));
        }
        try {
            work(threads.getFirst(), queue, deadline);
        } finally {
            others.forEach(Dialler::await);
        }
        return queue.answers();
    }

    private void work(NamespaceThread thread, DialQueue queue, Duration deadline) {
        try {
            thread.run(() -> {
                try (var worker = new DialWorker(thread, monitors, deadline, queue)) {
                    worker.work();
                }
            });
        } catch (RuntimeException | Error e) {
            queue.abandon();
            throw e;
        }
    }

    private static void await(CompletableFuture<Void> other) {
        try {
            other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }
}

package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Observation;
import dev.lockdown.probe.SourcePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes all dials of the embedded cluster, without a thread of any pod.
///
/// Virtual Ethernet carries a packet to its end inside the system call that sent it: when `connect` returns, the connection stands,
/// or is refused, or NFLOG has the report of the rule that dropped it. So each dial is made, its far end served, and its outcome read,
/// one after another without waiting. What is undecided all the same is tried on, together, until the deadline; silence alone decides
/// nothing before.
///
/// Used by one thread at a time.
final class Switchboard {
    private static final int FIRST_PORT = 10_000;
    private static final int LAST_PORT = 65_535;

    /// Calls that a thread takes at once: enough to stay in one source's namespace, few enough that all threads end together.
    private static final int SHARE = 100;

    private final List<NamespaceThread> threads;
    private final List<NodeTap> taps;

    /// @param threads one or more, each making a share of the dials
    /// @param taps of all nodes
    Switchboard(List<NamespaceThread> threads, List<NodeTap> taps) {
        this.threads = List.copyOf(threads);
        this.taps = List.copyOf(taps);
    }

    /// Source ports for one station, which come again when connection tracking has forgotten them.
    SourcePorts ports() {
        return SourcePorts.rotating(FIRST_PORT, LAST_PORT, () -> taps.forEach(NodeTap::forgetConnections));
    }

    /// Make the calls and give what they saw, in the same order.
    ///
    /// @param deadline of each call
    List<Observation> observe(List<Call> calls, Duration deadline) {
        taps.forEach(NodeTap::clear);
        var observations = new Observation[calls.size()];
        var next = new AtomicInteger();
        var others = new ArrayList<CompletableFuture<Void>>();
        for (int i = 1; i < threads.size() && i * SHARE < calls.size(); i++) {
            var thread = threads.get(i);
            others.add(CompletableFuture.runAsync(() -> work(thread, calls, next, deadline, observations), Thread::startVirtualThread));
        }
        try {
            work(threads.getFirst(), calls, next, deadline, observations);
        } finally {
            CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).join();
        }
        return Arrays.asList(observations);
    }

    private void work(NamespaceThread thread, List<Call> calls, AtomicInteger next, Duration deadline, Observation[] observations) {
        thread.run(() -> {
            try (var operator = new Operator(thread, taps, deadline, observations)) {
                for (int from; (from = next.getAndAdd(SHARE)) < calls.size();)
                    operator.make(calls, from, Math.min(calls.size(), from + SHARE));
                operator.finish();
            }
        });
    }
}

package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.embedded.dial.DialPlanner;
import dev.lockdown.cluster.embedded.dial.Moment;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.dial.PlannedDial;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Seen;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Samples flows on a thread of its own until it is closed.
///
/// Packets go through virtual Ethernet inside the call that sends them, so that an answer is there when the call returns, unless this
/// machine is busy: then it may take until the deadline. Dials overlap; a tick does not wait for the answer to the one before.
public final class FlowWatcher implements Watch.Ongoing {
    private static final long DEADLINE = TimeUnit.MILLISECONDS.toNanos(200);

    private final Watch watch;
    private final Watch.Sink sink;
    private final NamespaceThread namespaces;
    private final Runnable forget;
    private final Instant began;
    private final long beganNanos;
    private final Thread thread;
    private volatile boolean ending;
    // Guarded by this, as are the sockets.
    private List<Sampler> samplers = List.of();
    private List<Integer> absent = List.of();
    private Map<Source, SourceSockets> sockets = Map.of();
    private Map<Integer, PlannedDial.To> planned = Map.of();

    private record Source(NetworkEndpoint endpoint, InetAddress own) {}

    private FlowWatcher(Watch watch, Watch.Sink sink, NamespaceThread namespaces, InstantSource clock, Runnable forget) {
        this.watch = watch;
        this.sink = sink;
        this.namespaces = namespaces;
        this.forget = forget;
        var now = Moment.now(clock);
        began = now.at();
        beganNanos = now.nanos();
        thread = Thread.ofPlatform().daemon().name("lockdown-watch").unstarted(this::run);
    }

    /// @param planner of the state that is now
    /// @param forget makes connection tracking forget what it knows
    public static FlowWatcher start(Watch watch, Watch.Sink sink, DialPlanner planner, NamespaceThread namespaces, InstantSource clock,
            Runnable forget) {
        var watcher = new FlowWatcher(watch, sink, namespaces, clock, forget);
        watcher.follow(planner);
        watcher.thread.start();
        return watcher;
    }

    /// Go on in a state that has changed: pods may have gone, come, or have another address.
    public synchronized void follow(DialPlanner planner) {
        var next = new HashMap<Integer, PlannedDial.To>();
        for (int i = 0; i < watch.flows().size(); i++) {
            var to = plan(planner, watch.flows().get(i));
            if (to != null) next.put(i, to);
        }
        if (isTheSame(next)) return;
        samplers.forEach(s -> s.abandon(beganNanos, sink));
        sockets.values().forEach(SourceSockets::close);
        var opened = new HashMap<Source, SourceSockets>();
        var sampling = new ArrayList<Sampler>();
        var missing = new ArrayList<Integer>();
        for (int i = 0; i < watch.flows().size(); i++) {
            var to = next.get(i);
            var own = to == null ? null : to.source().addresses().get(Family.of(to.target().getAddress()));
            if (to == null || own == null) missing.add(i);
            else
                sampling.add(new Sampler(i, to, opened.computeIfAbsent(new Source(to.source(), own),
                    s -> SourceSockets.open(s.endpoint(), s.own(), namespaces, forget))));
        }
        planned = next;
        sockets = opened;
        samplers = sampling;
        absent = missing;
    }

    private boolean isTheSame(Map<Integer, PlannedDial.To> next) {
        if (planned.isEmpty() || !planned.keySet().equals(next.keySet())) return false;
        for (var entry : next.entrySet()) {
            var before = planned.get(entry.getKey());
            var now = entry.getValue();
            if (before == null || !before.source().equals(now.source()) || !before.target().equals(now.target())
                || !before.answering().equals(now.answering()))
                return false;
        }
        return true;
    }

    private static PlannedDial.@Nullable To plan(DialPlanner planner, Flow flow) {
        return planner.plan(Probe.Reach.of(flow), 0) instanceof DialPlanner.Plan.Once(PlannedDial.To to, _) ? to : null;
    }

    @Override
    public Instant began() {
        return began;
    }

    private void run() {
        long interval = watch.interval().toNanos();
        long due = beganNanos;
        while (!ending) {
            long early = due - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(this, early);
                continue;
            }
            long skipped = -early / interval;
            if (skipped > 0) {
                sink.missed(skipped);
                due += skipped * interval;
            }
            tick();
            due += interval;
        }
    }

    private synchronized void tick() {
        for (var sampler : samplers) sampler.send(watch.interval().toNanos());
        for (int flow : absent) sink.sample(flow, (System.nanoTime() - beganNanos) / 1000, Seen.UNKNOWN);
        handOn();
    }

    private void handOn() {
        sockets.values().forEach(SourceSockets::hear);
        for (var sampler : samplers) sampler.handOn(DEADLINE, beganNanos, sink);
    }

    @Override
    public void close() {
        if (ending) return;
        ending = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        while (!isIdle()) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        synchronized (this) {
            sockets.values().forEach(SourceSockets::close);
        }
    }

    private synchronized boolean isIdle() {
        handOn();
        return samplers.stream().allMatch(Sampler::isIdle);
    }
}

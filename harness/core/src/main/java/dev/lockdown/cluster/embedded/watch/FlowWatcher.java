package dev.lockdown.cluster.embedded.watch;

import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.embedded.dial.DialPlanner;
import dev.lockdown.cluster.embedded.dial.Moment;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.dial.PlannedDial;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Punctual;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.state.Counted;
import dev.lockdown.state.InputException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Samples flows on a thread of its own until it is closed.
///
/// Packets go through virtual Ethernet inside the call that sends them, so that an answer is there when the call returns, unless this
/// machine is busy: then it may take until the deadline. Dials overlap; a tick does not wait for the answer to the one before.
public final class FlowWatcher implements Watch.Ongoing {
    private static final long DEADLINE = TimeUnit.MILLISECONDS.toNanos(200);
    /// So many samples may be missed in a row before their time counts as one of which nothing is known.
    private static final long LATE = 3;
    /// A round of samples may take so much less than the interval that there is time left for being late.
    private static final double SPARE = 1.25;
    private static final Duration TRIED = Duration.ofMillis(500);

    private final Watch watch;
    private final Watch.Sink sink;
    private final NamespaceThread namespaces;
    private final WatchPorts ports;
    private final List<Sampler> samplers;
    private final Instant began;
    private final long beganNanos;
    private final Thread thread;
    /// Opens the sockets of connections that ask for pages; null where none do.
    private final @Nullable NamespaceThread pages;
    private volatile boolean ending;
    // Guarded by this, as are the sockets.
    private Map<Source, SourceSockets> sockets = Map.of();
    private List<SourceSockets> retired = List.of();

    private record Source(NetworkEndpoint endpoint, InetAddress own) {}

    private FlowWatcher(Watch watch, Watch.Sink sink, NamespaceThread namespaces, InstantSource clock, WatchPorts ports) {
        this.watch = watch;
        this.sink = sink;
        this.namespaces = namespaces;
        this.ports = ports;
        samplers = IntStream.range(0, watch.flows().size()).mapToObj(Sampler::new).toList();
        pages = watch.flows().stream().anyMatch(WatchedFlow.Http.class::isInstance) ? NamespaceThread.start("lockdown-pages") : null;
        var now = Moment.now(clock);
        began = now.at();
        beganNanos = now.nanos();
        thread = Thread.ofPlatform().daemon().name("lockdown-watch").unstarted(this::run);
    }

    /// @param planner of the state that is now
    /// @param ports of all watches of the cluster
    /// @throws InputException if this machine cannot keep the rate, saying which it can
    public static FlowWatcher start(Watch watch, Watch.Sink sink, DialPlanner planner, NamespaceThread namespaces, InstantSource clock,
            WatchPorts ports) {
        var watcher = new FlowWatcher(watch, sink, namespaces, clock, ports);
        watcher.follow(planner);
        try {
            watcher.requireKept();
        } catch (InputException e) {
            watcher.closeSockets();
            throw e;
        }
        watcher.thread.start();
        return watcher;
    }

    /// Take samples that count for nothing until a round of them is quick enough, as code becomes quicker that has run for a while.
    private synchronized void requireKept() {
        long interval = watch.interval().toNanos();
        long until = System.nanoTime() + TRIED.toNanos();
        long least = Long.MAX_VALUE;
        do {
            long began = System.nanoTime();
            for (var sampler : samplers) sampler.send(Long.MAX_VALUE);
            sockets.values().forEach(SourceSockets::hear);
            samplers.forEach(Sampler::hear);
            least = Math.min(least, System.nanoTime() - began);
        } while (least * SPARE > interval && System.nanoTime() < until);
        samplers.forEach(Sampler::forget);
        if (least * SPARE <= interval) return;
        throw new InputException(String.format(Locale.ROOT,
            "%s cannot be watched every %.1f ms: this machine needs %.1f ms for one sample of each; watch them every %.1f ms, or fewer of them",
            Counted.of(watch.flows().size(), "flow"), millis(interval), millis(least), millis(least) * SPARE));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /// Go on in a state that has changed: pods may have gone, come, or have another address. What is under way goes on as well.
    public synchronized void follow(DialPlanner planner) {
        var used = new HashMap<Source, SourceSockets>();
        for (int i = 0; i < samplers.size(); i++) {
            var flow = watch.flows().get(i);
            var to = plan(planner, flow);
            var own = to == null ? null : to.source().addresses().get(Family.of(to.target().getAddress()));
            samplers.get(i).follow(
                to == null || own == null ? null
                    : Route.of(flow, to, used.computeIfAbsent(new Source(to.source(), own), this::open), pages),
                planner.isThere(flow.flow()) ? Seen.UNKNOWN : Seen.ABSENT);
        }
        var left = new ArrayList<>(retired);
        sockets.forEach((source, before) -> {
            if (used.get(source) != before) left.add(before);
        });
        retired = left;
        sockets = used;
    }

    private SourceSockets open(Source source) {
        var before = sockets.get(source);
        return before != null ? before : SourceSockets.open(source.endpoint(), source.own(), namespaces, ports);
    }

    private static PlannedDial.@Nullable To plan(DialPlanner planner, WatchedFlow flow) {
        return planner.plan(flow) instanceof DialPlanner.Plan.Once(PlannedDial.To to, _) ? to : null;
    }

    @Override
    public Instant began() {
        return began;
    }

    private void run() {
        Punctual.ask();
        long interval = watch.interval().toNanos();
        // A busy machine starts a thread late, and nobody waits for samples from before.
        long due = System.nanoTime();
        long last = due;
        while (!ending) {
            long early = due - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(this, early);
                continue;
            }
            long skipped = -early / interval;
            if (skipped > 0) {
                sink.missed(skipped);
                long from = Math.max(due, last);
                due += skipped * interval;
                if (skipped > LATE) skip(from, Math.max(from, due));
            }
            tick();
            last = System.nanoTime();
            due += interval;
        }
    }

    private synchronized void tick() {
        for (var sampler : samplers) sampler.send(watch.interval().toNanos());
        handOn();
    }

    private synchronized void skip(long from, long until) {
        for (var sampler : samplers) sampler.skip(from, until);
    }

    private void handOn() {
        sockets.values().forEach(SourceSockets::hear);
        retired.forEach(SourceSockets::hear);
        samplers.forEach(Sampler::hear);
        for (var sampler : samplers) sampler.handOn(DEADLINE, beganNanos, sink);
        if (retired.isEmpty()) return;
        retired.stream().filter(SourceSockets::isIdle).forEach(SourceSockets::close);
        retired = retired.stream().filter(s -> !s.isIdle()).toList();
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
        closeSockets();
    }

    private synchronized void closeSockets() {
        sockets.values().forEach(SourceSockets::close);
        retired.forEach(SourceSockets::close);
        if (pages != null) pages.close();
    }

    private synchronized boolean isIdle() {
        handOn();
        return samplers.stream().allMatch(Sampler::isIdle);
    }
}

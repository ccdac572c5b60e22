package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.kubernetes.agent.FlowSamples;
import dev.lockdown.cluster.kubernetes.agent.WatchedListener;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Seen;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.state.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A watch whose samples the agents take, each of the flows that begin in its pod; here they are gathered, on a thread of its own.
final class AgentWatch implements Watch.Ongoing {
    /// An answer may take so long; less than a second, after which a kernel sends its SYN again.
    static final Duration DEADLINE = Duration.ofMillis(500);
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration LOOK = Duration.ofMillis(1);
    /// Whoever leaves a watch is waited for so long.
    private static final Duration LEAVING = Duration.ofSeconds(2);
    private static final Duration TIMING = Duration.ofSeconds(2);

    private final Watch watch;
    private final Watch.Sink sink;
    private final AtomicInteger numbers;
    private final Duration travel;
    private final Waits waits;
    private final Instant began;
    private final List<FlowSamples> samples = new ArrayList<>();
    private final Thread thread;
    private volatile boolean ending;
    private volatile long worst;
    // Guarded by this.
    private Map<Integer, WatchPlan> planned = Map.of();
    private final Set<Integer> absent = new HashSet<>();
    /// Flows whose pod is being started, in which a shell dials from the first instruction on, and since when.
    private final Map<Integer, Long> starting = new HashMap<>();
    private List<SampledAgent> agents = List.of();
    private Map<AgentLink, WatchedListener> listeners = Map.of();

    private AgentWatch(Watch watch, Watch.Sink sink, InstantSource clock, AtomicInteger numbers, Duration travel, Waits waits) {
        this.waits = waits;
        this.watch = watch;
        this.sink = sink;
        this.numbers = numbers;
        this.travel = travel;
        began = clock.instant();
        long beganMicros = AgentClock.nanos() / 1000;
        for (int i = 0; i < watch.flows().size(); i++) samples.add(new FlowSamples(i, beganMicros, sink));
        thread = Thread.ofPlatform().daemon().name("lockdown-watch").unstarted(this::run);
    }

    /// @param numbers gives each watch and each flow one that no other of this run has
    /// @param travel for the way of a request and its answer
    /// @throws UnsupportedException if an agent cannot keep the rate, saying which it can
    static AgentWatch start(Watch watch, Watch.Sink sink, ProbePlanner planner, InstantSource clock, AtomicInteger numbers,
            Duration travel, Waits waits) {
        var started = new AgentWatch(watch, sink, clock, numbers, travel, waits);
        started.follow(planner);
        started.begin();
        started.thread.start();
        return started;
    }

    /// Those who listen first, so that it is known of the first samples whether somebody did.
    private synchronized void begin() {
        listeners.values().forEach(WatchedListener::poll);
        await(() -> {
            listeners.values().forEach(WatchedListener::take);
            return listeners.values().stream().noneMatch(WatchedListener::isAsked);
        });
        try {
            agents.forEach(SampledAgent::poll);
            await(this::haveBegun);
            await(() -> {
                agents.forEach(SampledAgent::poll);
                return agents.stream().allMatch(SampledAgent::isTimed);
            }, TIMING);
            worst = agents.stream().mapToLong(SampledAgent::worstMicros).max().orElse(0);
        } catch (RuntimeException e) {
            agents.forEach(SampledAgent::end);
            throw e;
        }
    }

    private boolean haveBegun() {
        for (var agent : agents) {
            var why = agent.take();
            if (why == null) continue;
            if (agent.isRefused()) throw new UnsupportedException(why);
            throw new ClusterException("the agent of %s cannot watch flows: %s".formatted(agent.link(), why), null);
        }
        return agents.stream().noneMatch(SampledAgent::isAsked);
    }

    private void await(BooleanSupplier done) {
        await(done, travel);
    }

    private void await(BooleanSupplier done, Duration atMost) {
        waits.patiently("the agents that watch %s".formatted(Counted.of(watch.flows().size(), "flow")), done, atMost, LOOK);
    }

    /// Go on in a state that has changed: pods may have gone, come, or have another address.
    synchronized void follow(ProbePlanner planner) {
        var next = new TreeMap<Integer, WatchPlan>();
        absent.clear();
        for (int i = 0; i < watch.flows().size(); i++) {
            var plan = WatchPlan.of(planner, watch.flows().get(i));
            if (plan != null) next.put(i, plan);
            else if (planner.isAbsent(watch.flows().get(i).flow())) absent.add(i);
        }
        if (next.equals(planned) && !planned.isEmpty()) return;
        // Those of before stay: what was sampled last still waits for their word.
        var there = new LinkedHashMap<>(listeners);
        var bySource = new LinkedHashMap<AgentLink, List<Integer>>();
        next.forEach((flow, plan) -> {
            bySource.computeIfAbsent(plan.source(), _ -> new ArrayList<>()).add(flow);
            for (var listener : plan.listeners()) there.computeIfAbsent(listener, WatchedListener::new);
        });
        listeners = there;
        var kept = new ArrayList<SampledAgent>();
        var former = new HashMap<AgentLink, SampledAgent>();
        for (var agent : agents) {
            boolean same = agent.parts().stream().map(SampledAgent.Part::plan).toList()
                .equals(bySource.getOrDefault(agent.link(), List.of()).stream().map(next::get).toList());
            if (same) {
                kept.add(agent);
                bySource.remove(agent.link());
            } else {
                leave(agent);
                former.put(agent.link(), agent);
            }
        }
        bySource.forEach((link, flows) -> kept.add(sampled(link,
            flows.stream().map(f -> part(f, Objects.requireNonNull(next.get(f)), there)).toList(), former.get(link))));
        agents = kept;
        planned = next;
        if (!thread.isAlive()) return;
        // What is changed next is to be sampled already.
        agents.forEach(SampledAgent::poll);
        await(() -> agents.stream().noneMatch(SampledAgent::isAsked), LEAVING);
    }

    private SampledAgent sampled(AgentLink link, List<SampledAgent.Part> parts, @Nullable SampledAgent former) {
        var made = new SampledAgent(link, parts, numbers.incrementAndGet(), watch.interval(), DEADLINE, !thread.isAlive());
        return former == null ? made : made.after(former);
    }

    /// Pods are about to be started: from now on they may be there, and nobody samples them yet, unless a shell does.
    ///
    /// @param shell whether one dials from a pod's first instruction
    /// @return whom, from which pod: `address/port`
    synchronized Map<NamespacedName, Set<String>> expect(Collection<NamespacedName> pods, ProbePlanner planner, boolean shell) {
        var targets = new HashMap<NamespacedName, Set<String>>();
        var there = new LinkedHashMap<>(listeners);
        for (int i = 0; i < samples.size(); i++) {
            var watched = watch.flows().get(i);
            var flow = watched.flow();
            boolean concerned =
                Stream.of(flow.source(), flow.destination()).anyMatch(e -> e instanceof Endpoint.Pod(var pod) && pods.contains(pod));
            if (!concerned || !absent.remove(i)) continue;
            long now = AgentClock.nanos() / 1000;
            samples.get(i).unsampled(now, Seen.ABSENT);
            var dial = shell ? WatchPlan.firstDial(planner, watched) : null;
            if (dial == null || !(flow.source() instanceof Endpoint.Pod(var pod)) || !pods.contains(pod)) {
                samples.get(i).unsampled(now, Seen.UNKNOWN);
                continue;
            }
            starting.put(i, now);
            targets.computeIfAbsent(pod, _ -> new LinkedHashSet<>()).add(dial);
            // What they see counts only where who is dialled was there.
            for (var listener : planner.answering(flow)) there.computeIfAbsent(listener, WatchedListener::new);
        }
        listeners = there;
        return targets;
    }

    private SampledAgent.Part part(int flow, WatchPlan plan, Map<AgentLink, WatchedListener> there) {
        var series = plan.isNumbered() ? numbers.incrementAndGet() : 0;
        var answering = plan.listeners().stream().map(l -> Objects.requireNonNull(there.get(l))).toList();
        if (series != 0) answering.forEach(l -> l.ask(series, 0, 0));
        var since = starting.remove(flow);
        return new SampledAgent.Part(plan, samples.get(flow), answering, series, since == null ? 0 : since);
    }

    /// Its last samples are wanted still, if it is there.
    private void leave(SampledAgent agent) {
        agent.end();
        await(() -> !agent.isAsked(), LEAVING);
        var _ = agent.take();
        worst = Math.max(worst, agent.worstMicros());
        tellMissed(agent);
    }

    boolean isOver() {
        return ending;
    }

    @Override
    public Instant began() {
        return began;
    }

    @Override
    public Duration error() {
        return Duration.ofNanos(worst * 1000);
    }

    private void run() {
        while (!ending) {
            round();
            LockSupport.parkNanos(this, EVERY);
        }
    }

    private synchronized void round() {
        agents.forEach(SampledAgent::poll);
        listeners.values().forEach(WatchedListener::poll);
        for (int i = 0; i < samples.size(); i++)
            if (!planned.containsKey(i) && !starting.containsKey(i))
                samples.get(i).unsampled(AgentClock.nanos() / 1000, absent.contains(i) ? Seen.ABSENT : Seen.UNKNOWN);
        settle(false);
    }

    private void settle(boolean last) {
        for (var agent : agents) {
            worst = Math.max(worst, agent.worstMicros());
            tellMissed(agent);
        }
        samples.forEach(s -> s.settle(last));
    }

    private void tellMissed(SampledAgent agent) {
        long missed = agent.takeMissed();
        if (missed > 0) sink.missed(missed);
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
        synchronized (this) {
            agents.forEach(SampledAgent::end);
            await(() -> agents.stream().noneMatch(SampledAgent::isAsked));
            for (var agent : agents) { var _ = agent.take(); }
            // The last samples have to arrive first.
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(FlowSamples.ON_THE_WAY + worst));
            // Twice: what was asked before the last samples came says nothing of them.
            for (int i = 0; i < 2; i++) {
                listeners.values().forEach(WatchedListener::poll);
                await(() -> listeners.values().stream().noneMatch(WatchedListener::isAsked));
                listeners.values().forEach(WatchedListener::take);
            }
            settle(true);
        }
    }
}

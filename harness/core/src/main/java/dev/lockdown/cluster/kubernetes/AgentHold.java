package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.kubernetes.agent.BeatsUnderWay;
import dev.lockdown.cluster.kubernetes.agent.HeldAgent;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.Way;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.probe.AgentClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// One held connection between two agents, each of which sends beats and hears those of the other; here it is put together what became of
/// them, on a thread of its own. What dies with an agent is not known, unless the agent's pod was stopped on purpose.
final class AgentHold implements Hold.Ongoing {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration OPENING = Duration.ofSeconds(2);
    private static final long MILLISECOND = 1_000;

    private final Hold hold;
    private final Hold.Sink sink;
    private final AgentCalls calls;
    private final int number;
    private final Instant began;
    private final BeatsUnderWay there;
    private final BeatsUnderWay back;
    private final Thread thread;
    private volatile boolean ending;
    // Guarded by this.
    private @Nullable HeldAgent client;
    private List<HeldAgent> servers = List.of();
    private boolean serverLeaves;
    private boolean unknown;
    private boolean over;

    private AgentHold(Hold hold, Hold.Sink sink, InstantSource clock, int number, AgentCalls calls) {
        this.hold = hold;
        this.sink = sink;
        this.calls = calls;
        this.number = number;
        began = clock.instant();
        long micros = AgentClock.nanos() / 1000;
        there = new BeatsUnderWay(Way.THERE, sink, micros);
        back = new BeatsUnderWay(Way.BACK, sink, micros);
        thread = Thread.ofPlatform().daemon().name("lockdown-held").unstarted(this::run);
    }

    /// @param numbers gives each connection one that no other of this run has
    /// @param travel for the way of a request and its answer
    /// @throws UnsupportedException if nobody who is held to beats is at its ends, or an agent cannot keep the rate, saying which it can
    static AgentHold open(Hold hold, Hold.Sink sink, ProbePlanner planner, InstantSource clock, AtomicInteger numbers, Duration travel) {
        var opened = new AgentHold(hold, sink, clock, numbers.incrementAndGet(), new AgentCalls(clock, travel));
        opened.begin(planner);
        return opened;
    }

    private synchronized void begin(ProbePlanner planner) {
        var flow = hold.flow();
        var source = planner.agent(flow.source());
        if (source == null) throw new UnsupportedException(planner.missing(flow.source()));
        var serving = planner.serving(flow);
        var dial = dial(planner, serving);
        var opener = new HeldAgent(source, number);
        var near =
            held(source, ask(source, id -> new AgentRequest.OpenHeld(id, number, dial.protocol(), dial.to(), dial.port(), micros())));
        if (!near.isOpened()) return;
        client = opener;
        servers = servers(source, serving, dial, near);
        if (servers.isEmpty()) {
            letGo(List.of(opener));
            throw new UnsupportedException(
                "the server's end of a connection from %s to %s is not found: its address is translated on the way, and no server says to which"
                    .formatted(flow.source(), flow.destination()));
        }
        thread.start();
    }

    /// The server's end is found by the address of who opened it, as the server sees it. Over UDP anybody may be taken for it, so that the server
    /// is asked first wherever there may be somebody on the way who translates.
    private List<HeldAgent> servers(AgentLink source, List<ProbePlanner.Serving> serving, DialRequest dial, AgentResponse.Held near) {
        boolean asksFirst = dial.protocol() == Protocol.UDP && !isBetweenPods();
        var taken = asksFirst ? List.<HeldAgent>of() : servers(serving, dial, near);
        if (!taken.isEmpty()) return taken;
        var seen = held(source, ask(source, id -> new AgentRequest.SeenHeld(id, number)));
        if (seen.isOpened()) return servers(serving, dial, seen);
        return asksFirst ? servers(serving, dial, near) : List.of();
    }

    private List<HeldAgent> servers(List<ProbePlanner.Serving> serving, DialRequest dial, AgentResponse.Held peer) {
        return serving.stream().filter(s -> takes(s, dial.protocol(), peer)).map(s -> new HeldAgent(s.link(), number)).toList();
    }

    private boolean isBetweenPods() {
        return hold.flow().source() instanceof Endpoint.Pod && hold.flow().destination() instanceof Endpoint.Pod;
    }

    private DialRequest dial(ProbePlanner planner, List<ProbePlanner.Serving> serving) {
        return switch (planner.plan(new Probe.Reach(hold.flow(), 0))) {
            case ProbePlanner.Plan.Possible(var dial) when dial.exchange() instanceof ExchangeSpec.Echo && !serving.isEmpty() -> dial;
            case ProbePlanner.Plan.Possible _ ->
                throw new UnsupportedException("%s cannot be held open: no agent of ours serves it".formatted(hold.flow()));
            case ProbePlanner.Plan.Impossible(var why) -> throw new UnsupportedException(why);
        };
    }

    private boolean takes(ProbePlanner.Serving serving, Protocol protocol, AgentResponse.Held peer) {
        return held(serving.link(), ask(serving.link(),
            id -> new AgentRequest.TakeHeld(id, number, protocol, serving.port(), peer.address(), peer.port(), micros()))).isOpened();
    }

    private AgentResponse ask(AgentLink link, LongFunction<AgentRequest> request) {
        return calls.call(link, request, OPENING);
    }

    private static AgentResponse.Held held(AgentLink link, AgentResponse response) {
        if (!(response instanceof AgentResponse.Held held))
            throw new ClusterException("the agent of %s cannot hold a connection: %s".formatted(link, AgentCalls.cause(response)), null);
        if (!held.cannot().isEmpty()) throw new UnsupportedException(held.cannot());
        return held;
    }

    private long micros() {
        return hold.interval().toNanos() / 1000;
    }

    @Override
    public Instant began() {
        return began;
    }

    @Override
    public synchronized boolean isOpened() {
        return client != null;
    }

    /// Pods are about to be stopped on purpose: what that does to the connection is its fate.
    synchronized void leaving(Collection<NamespacedName> pods, ProbePlanner planner) {
        for (var pod : pods) {
            var link = planner.agent(new Endpoint.Pod(pod));
            if (client != null && client.link() == link) over();
            serverLeaves |= servers.stream().anyMatch(s -> s.link() == link);
        }
    }

    private void run() {
        while (!ending) {
            round();
            LockSupport.parkNanos(this, EVERY);
        }
    }

    private synchronized void round() {
        var opener = client;
        if (over || opener == null) return;
        long now = AgentClock.nanos() / 1000;
        if (unknown) {
            there.told(now, Beat.UNKNOWN);
            back.told(now, Beat.UNKNOWN);
            return;
        }
        opener.poll(false);
        servers.forEach(s -> s.poll(false));
        take(opener, now);
        boolean serverDead = servers.stream().allMatch(HeldAgent::isDead);
        if (opener.isDead() || serverDead && !serverLeaves) dies();
        else if (serverDead) withoutServer(opener);
        else settle(opener, now);
        long missed = opener.takeMissed() + servers.stream().mapToLong(HeldAgent::takeMissed).sum();
        if (missed > 0) sink.missed(missed);
    }

    private void take(HeldAgent opener, long now) {
        if (opener.take() instanceof HeldAgent.Told told) {
            there.sent(told.sent());
            there.refused(told.refused(), now);
            back.heard(told.heard());
        }
        for (var server : servers)
            if (server.take() instanceof HeldAgent.Told told) {
                back.sent(told.sent());
                back.refused(told.refused(), now);
                there.heard(told.heard());
            }
    }

    /// A refusal counts when the agent at the far end is seen to be alive after it: a process that dies has its connections reset as well.
    private void settle(HeldAgent opener, long now) {
        long heardThere = servers.stream().mapToLong(HeldAgent::knownUntil).min().orElse(now);
        boolean refusedThere = heardThere > there.refusedAt();
        boolean refusedBack = opener.knownUntil() > back.refusedAt();
        there.settle(heardThere, refusedThere);
        back.settle(opener.knownUntil(), refusedBack);
        if (opener.isOver() && refusedThere || servers.stream().allMatch(HeldAgent::isOver) && refusedBack) {
            there.settleAll();
            back.settleAll();
            over = true;
        }
    }

    /// What its agent had not told by then nobody knows.
    private void dies() {
        unknown = true;
        there.forget(Long.MAX_VALUE, false);
        back.forget(Long.MAX_VALUE, false);
    }

    /// Its pod goes, and its agent says nothing more, while it may hear and send for some time.
    private void withoutServer(HeldAgent opener) {
        back.settleHeard();
        there.forget(Math.max(back.lastHeard(), back.lastSent()), true);
        there.settle(opener.knownUntil(), true);
        long apart = Math.max(MILLISECOND, micros());
        for (long at = back.lastSent() + apart; at <= opener.knownUntil() - BeatsUnderWay.DEADLINE; at += apart)
            back.told(at, Beat.LOST);
        if (!opener.isOver()) return;
        there.settleAll();
        over = true;
    }

    /// Let go of it, as its opener is gone.
    private void over() {
        over = true;
        letGo(servers);
    }

    private static void letGo(List<HeldAgent> agents) {
        for (var agent : agents) {
            var _ = agent.take();
            agent.poll(true);
        }
    }

    @Override
    public void close() {
        if (ending) return;
        ending = true;
        LockSupport.unpark(thread);
        try {
            if (thread.getState() != Thread.State.NEW) thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (client != null) letGo(List.of(client));
            letGo(servers);
        }
    }
}

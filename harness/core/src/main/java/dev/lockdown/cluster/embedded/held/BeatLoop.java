package dev.lockdown.cluster.embedded.held;

import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.embedded.dial.DialPlanner;
import dev.lockdown.cluster.embedded.dial.HeldPorts;
import dev.lockdown.cluster.embedded.dial.Moment;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.state.InputException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends the beats of all held connections of a cluster, on one thread.
///
/// Both ends of a connection are here, and a packet goes through virtual Ethernet inside the call that sends it. So each beat is looked for
/// at the far end right after it was sent: what is there at the first look took no time, however late this thread was.
public final class BeatLoop implements AutoCloseable {
    /// So much of its time may this thread spend on beats, so that there is some left for being late.
    private static final double SHARE = 0.8;

    private final NamespaceThread namespaces;
    private final InstantSource clock;
    private final Runnable spare;
    private final HeldPorts ports = new HeldPorts();
    private final List<HeldPair> pairs = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;
    private volatile boolean ending;

    /// @param spare has connection tracking spare what is held when it has to forget
    public BeatLoop(NamespaceThread namespaces, InstantSource clock, Runnable spare) {
        this.spare = spare;
        this.namespaces = namespaces;
        this.clock = clock;
    }

    /// Open a connection, and send beats on it until that is closed.
    ///
    /// @param planner of the state that is now
    /// @throws dev.lockdown.cluster.UnsupportedException if nobody who is held to beats is at its ends
    public Hold.Ongoing hold(Hold hold, Hold.Sink sink, DialPlanner planner) {
        spare.run();
        var ends = Ends.open(hold.flow(), planner, namespaces, ports);
        var pair = new HeldPair(hold, sink, ends, Moment.now(clock), this::forget);
        if (!pair.isOpened()) return pair;
        requireKept(pair, hold, ends);
        pairs.add(pair);
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("lockdown-beats").unstarted(this::run);
            thread.start();
        }
        LockSupport.unpark(thread);
        return pair;
    }

    /// Send beats that count for nothing, to see what they cost.
    private void requireKept(HeldPair pair, Hold hold, Ends ends) {
        long cost = HeldPair.cost(hold, ends, Moment.now(clock));
        pair.costs(cost);
        if (hold.interval().isZero()) return;
        double left = SHARE - pairs.stream().mapToDouble(HeldPair::share).sum();
        if (pair.share() <= left) return;
        pair.close();
        throw new InputException(String.format(Locale.ROOT,
            "%s cannot have a beat every %.3f ms: this machine needs %.3f ms for one each way%s", hold.flow(),
            hold.interval().toNanos() / 1e6,
            cost / 1e6, left > 0 ? String.format(Locale.ROOT, "; have one every %.3f ms", cost / 1e6 / left) : ", and has its hands full"));
    }

    /// Let go of connections whose opener is gone: with it went its sockets.
    public void follow(NetworkEndpoints now) {
        for (var pair : pairs) if (!pair.isFrom(now.get(pair.source()))) pair.over();
    }

    private void forget(HeldPair pair) {
        pairs.remove(pair);
    }

    private void run() {
        while (!ending) {
            long now = System.nanoTime();
            long early = Long.MAX_VALUE;
            for (var pair : pairs) early = Math.min(early, pair.advance(now));
            if (early == Long.MAX_VALUE) LockSupport.park(this);
            else if (early > 0) LockSupport.parkNanos(this, early);
        }
    }

    @Override
    public void close() {
        ending = true;
        var running = thread;
        if (running != null) {
            LockSupport.unpark(running);
            try {
                running.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        pairs.forEach(HeldPair::close);
    }
}

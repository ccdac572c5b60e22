package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.Conntrack;
import dev.lockdown.cluster.embedded.kernel.Nflog;
import dev.lockdown.flow.Drop;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a node's kernel says of the packets that it dropped, and what it remembers of connections. Safe for use by several threads.
public final class DropMonitor implements AutoCloseable {
    /// Reports that nobody claims are of other conversations than the probes'.
    private static final int KEPT = 1000;

    private final String node;
    private final Nflog log;
    private final Conntrack connections;
    private final UnaryOperator<String> ruleOf;
    private final ArrayDeque<Nflog.Packet> unclaimed = new ArrayDeque<>();
    private boolean sparesHeld;

    /// @param log and connections opened in the node's namespace; closed by [#close]
    /// @param ruleOf what a `log prefix` means in words, such as `ingress of shop/api`
    public DropMonitor(String node, Nflog log, Conntrack connections, UnaryOperator<String> ruleOf) {
        this.node = node;
        this.log = log;
        this.connections = connections;
        this.ruleOf = ruleOf;
    }

    /// Read the reports that have come and take the one for which `claim` has a word.
    ///
    /// @param claim null for a packet that is not the caller's
    synchronized <T> @Nullable Claimed<T> take(Function<Nflog.Packet, @Nullable T> claim) {
        log.drain(this::keep);
        for (var packets = unclaimed.descendingIterator(); packets.hasNext();) {
            var packet = packets.next();
            var word = claim.apply(packet);
            if (word == null) continue;
            packets.remove();
            return new Claimed<>(word, new Drop(node, ruleOf.apply(packet.prefix())));
        }
        return null;
    }

    record Claimed<T>(T word, Drop drop) {}

    private void keep(Nflog.Packet packet) {
        if (unclaimed.size() == KEPT) unclaimed.removeFirst();
        unclaimed.addLast(packet);
    }

    /// Forget the reports so far.
    synchronized void clear() {
        log.drain(packet -> {});
        unclaimed.clear();
    }

    /// Read the reports that have come, and keep none.
    ///
    /// @return how many
    public synchronized int discard() {
        var count = new int[1];
        log.drain(packet -> count[0]++);
        return count[0];
    }

    public String node() {
        return node;
    }

    /// From now on, what is held open outlives [#forgetConnections].
    synchronized void spareHeld() {
        sparesHeld = true;
    }

    /// Make connection tracking forget everything that has ended, or may have.
    synchronized void forgetConnections() {
        if (sparesHeld) forgetConnections(c -> !HeldPorts.include(c.source().getPort()));
        else connections.flush();
    }

    /// Have connection tracking lose everything, what is held open too, as where the node restarts.
    public synchronized void loseConnections() {
        connections.flush();
    }

    /// Make connection tracking forget those of which that is so.
    public synchronized void forgetConnections(Predicate<Conntrack.Connection> which) {
        for (var each : connections.list()) if (which.test(each)) connections.delete(each.protocol(), each.source(), each.destination());
    }

    /// Make connection tracking forget one connection, if it knows it.
    synchronized void forgetConnection(int protocol, InetSocketAddress source, InetSocketAddress destination) {
        connections.delete(protocol, source, destination);
    }

    @Override
    public synchronized void close() {
        log.close();
        connections.close();
    }
}

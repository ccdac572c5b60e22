package dev.lockdown.cluster.embedded.held;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.embedded.dial.DialPlanner;
import dev.lockdown.cluster.embedded.dial.HeldPorts;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.dial.PlannedDial;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The two ends of a connection: that of who opened it, and those of who may serve it, of whom over UDP the first beat finds one.
///
/// @param servers empty where it could not be opened in time
record Ends(NetworkEndpoint source, Protocol protocol, ByteChannel client, List<ByteChannel> servers) implements AutoCloseable {
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

    static Ends open(Flow flow, DialPlanner planner, NamespaceThread namespaces, HeldPorts ports) {
        var to = planned(flow, planner);
        var own = to.source().addresses().get(Family.of(to.target().getAddress()));
        if (own == null) throw new UnsupportedException("%s has no %s address".formatted(flow.source(), flow.family()));
        try {
            var from = new InetSocketAddress(own, ports.next(own));
            return to.protocol() == Protocol.TCP ? tcp(to, from, namespaces) : udp(to, from, namespaces);
        } catch (IOException e) {
            throw new ClusterException("%s cannot be opened: %s".formatted(flow, e.getMessage()), e);
        }
    }

    private static PlannedDial.To planned(Flow flow, DialPlanner planner) {
        var plan = planner.plan(Probe.Reach.of(flow), 0);
        if (plan instanceof DialPlanner.Plan.Impossible(_, var because)) throw new UnsupportedException(because.cause());
        if (!(plan instanceof DialPlanner.Plan.Once(PlannedDial.To to, _)) || !(to.exchange() instanceof Echo))
            throw new UnsupportedException("%s cannot be held open: it is served by a program of the cluster's own".formatted(flow));
        return to;
    }

    private static Ends tcp(PlannedDial.To to, InetSocketAddress from, NamespaceThread namespaces) throws IOException {
        var client = namespaces.in(to.source().namespace(), () -> Sockets.ofThisProcess().tcp(Family.of(from.getAddress())));
        var servers = new ArrayList<ByteChannel>();
        try {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.bind(from);
            if (stands(client, to.target())) {
                var taken = take(to, from);
                if (taken.isEmpty())
                    throw new UnsupportedException(
                        "the server's end of a connection from %s to %s is not found: its address is translated on the way"
                            .formatted(to.source(), to.target().getAddress().getHostAddress()));
                servers.addAll(taken);
                for (var server : taken) ((SocketChannel) server).setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            return new Ends(to.source(), to.protocol(), client, servers);
        } catch (IOException | RuntimeException e) {
            close(client, servers);
            throw e;
        }
    }

    private static boolean stands(SocketChannel client, InetSocketAddress target) {
        try {
            long began = System.nanoTime();
            boolean stands = client.connect(target);
            while (!stands && System.nanoTime() - began < DEADLINE) {
                LockSupport.parkNanos(PAUSE);
                stands = client.finishConnect();
            }
            return stands;
        } catch (IOException _) {
            // Refused: as good as never opened.
            return false;
        }
    }

    /// The client knows of its connection before its server does.
    private static List<ByteChannel> take(PlannedDial.To to, InetSocketAddress peer) throws IOException {
        long began = System.nanoTime();
        do {
            for (var listener : to.answering()) {
                var at = at(listener, to);
                var taken = listener.networkEndpoint().agent().take(to.protocol(), at, peer);
                if (taken != null) return List.of(taken);
            }
            LockSupport.parkNanos(PAUSE);
        } while (System.nanoTime() - began < DEADLINE);
        return List.of();
    }

    private static Ends udp(PlannedDial.To to, InetSocketAddress from, NamespaceThread namespaces) throws IOException {
        var client = namespaces.in(to.source().namespace(), () -> Sockets.ofThisProcess().udp(Family.of(from.getAddress())));
        var servers = new ArrayList<ByteChannel>();
        try {
            client.configureBlocking(false);
            client.bind(from);
            namespaces.run(() -> {
                for (var listener : to.answering()) {
                    var taken = listener.networkEndpoint().agent().take(to.protocol(), at(listener, to), from);
                    if (taken != null) servers.add(taken);
                }
            });
            client.connect(to.target());
            return new Ends(to.source(), to.protocol(), client, servers);
        } catch (IOException | RuntimeException e) {
            close(client, servers);
            throw e;
        }
    }

    private static InetSocketAddress at(PlannedDial.Listener listener, PlannedDial.To to) {
        var address = listener.networkEndpoint().addresses().get(Family.of(to.target().getAddress()));
        if (address == null) throw new UnsupportedException("%s has no address of that family".formatted(listener.networkEndpoint()));
        return new InetSocketAddress(address, listener.port().number());
    }

    boolean isOpened() {
        return !servers.isEmpty();
    }

    private static void close(ByteChannel client, List<ByteChannel> servers) {
        quietly(client);
        servers.forEach(Ends::quietly);
    }

    private static void quietly(ByteChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // Its descriptor is gone all the same.
        }
    }

    /// Reset both ends.
    @Override
    public void close() {
        close(client, servers);
    }
}

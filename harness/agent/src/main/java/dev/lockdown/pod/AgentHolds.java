package dev.lockdown.pod;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.Closing;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.Sockets;
import dev.lockdown.probe.SourcePorts;
import dev.lockdown.probe.held.BeatCost;
import dev.lockdown.probe.held.BeatRun;
import dev.lockdown.probe.held.HeldEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The ends of held connections that are in this pod. Thread-safe.
final class AgentHolds implements AutoCloseable {
    /// So long may a connection take to open, or to be found by its server.
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(500);
    /// So much of its time may an agent spend on beats.
    private static final double SHARE = 0.4;
    /// What comes back to back comes no faster: whoever asks for it takes every beat by way of the API server.
    private static final Duration BACK_TO_BACK = Duration.ofNanos(500_000);

    private final Agent agent;
    private final Sockets sockets;
    private final List<InetAddress> addresses;
    private final SourcePorts ports;
    private final Map<Integer, HeldEnd> ends = new ConcurrentHashMap<>();
    private volatile @Nullable Duration cost;

    /// @param addresses the pod's own
    AgentHolds(Agent agent, Sockets sockets, List<InetAddress> addresses, SourcePorts ports) {
        this.agent = agent;
        this.sockets = sockets;
        this.addresses = List.copyOf(addresses);
        this.ports = ports;
    }

    /// Open a connection. Its beats begin when they are asked for.
    AgentResponse open(AgentRequest.OpenHeld open) throws IOException {
        if (open.protocol() == Protocol.SCTP) throw new IllegalArgumentException("connections are held over TCP and UDP alone");
        var asked = Duration.ofNanos(open.interval() * 1000);
        var cannot = withoutTime(asked);
        if (!cannot.isEmpty()) return AgentResponse.Held.refused(open.id(), cannot);
        var interval = real(asked);
        var target = new InetSocketAddress(InetAddress.ofLiteral(open.to()), open.port());
        var wildcard = InetAddress.ofLiteral(Family.of(target.getAddress()) == Family.IPV4 ? "0.0.0.0" : "::");
        var line = new Line(sockets, open.protocol(), target, wildcard, ports);
        if (line.protocol() == Protocol.UDP) {
            var channel = sockets.udp(line.family());
            try {
                channel.configureBlocking(false);
                line.bind(channel);
                channel.connect(target);
                return opened(open, channel, (InetSocketAddress) channel.getLocalAddress(), interval);
            } catch (IOException e) {
                Closing.quietly(channel);
                throw e;
            }
        }
        var channel = sockets.tcp(line.family());
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            line.bind(channel);
            if (stands(channel, target)) return opened(open, channel, (InetSocketAddress) channel.getLocalAddress(), interval);
            Closing.quietly(channel);
            return AgentResponse.Held.unopened(open.id());
        } catch (IOException e) {
            Closing.quietly(channel);
            throw e;
        }
    }

    private static boolean stands(SocketChannel channel, InetSocketAddress target) {
        try {
            long began = System.nanoTime();
            boolean stands = channel.connect(target);
            while (!stands && System.nanoTime() - began < DEADLINE) {
                LockSupport.parkNanos(PAUSE);
                stands = channel.finishConnect();
            }
            return stands;
        } catch (IOException e) {
            // Refused: as good as never opened.
            return false;
        }
    }

    private AgentResponse opened(AgentRequest.OpenHeld open, ByteChannel channel, InetSocketAddress local, Duration interval) {
        keep(open.hold(), new HeldEnd(agent.identity(), channel, open.protocol() == Protocol.UDP, interval, false));
        return AgentResponse.Held.opened(open.id(), local);
    }

    /// Ask the server of a connection that was opened here, before its beats begin, from which address it comes.
    AgentResponse seen(AgentRequest.SeenHeld seen) {
        var end = ends.get(seen.hold());
        if (end == null) throw new IllegalArgumentException("this agent holds no connection " + seen.hold());
        var address = end.seenAs(Duration.ofNanos(DEADLINE));
        return address == null ? AgentResponse.Held.unopened(seen.id()) : AgentResponse.Held.opened(seen.id(), address);
    }

    /// Take over the server's end of what another agent has opened, and send beats on it from now on.
    AgentResponse take(AgentRequest.TakeHeld take) throws IOException {
        var asked = Duration.ofNanos(take.interval() * 1000);
        var cannot = withoutTime(asked);
        if (!cannot.isEmpty()) return AgentResponse.Held.refused(take.id(), cannot);
        var interval = real(asked);
        var peer = new InetSocketAddress(InetAddress.ofLiteral(take.peer()), take.peerPort());
        var own = addresses.stream().filter(a -> Family.of(a) == Family.of(peer.getAddress())).findFirst();
        if (own.isEmpty()) return AgentResponse.Held.unopened(take.id());
        var at = new InetSocketAddress(own.get(), take.port());
        long began = System.nanoTime();
        // Who opened it knows of it before its server does.
        for (ByteChannel channel; System.nanoTime() - began < DEADLINE; LockSupport.parkNanos(PAUSE)) {
            channel = agent.take(take.protocol(), at, peer);
            if (channel == null) continue;
            if (channel instanceof SocketChannel socket) socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var end = new HeldEnd(agent.identity(), channel, channel instanceof DatagramChannel, interval, true);
            keep(take.hold(), end);
            end.start();
            return AgentResponse.Held.opened(take.id(), at);
        }
        return AgentResponse.Held.unopened(take.id());
    }

    private void keep(int hold, HeldEnd end) {
        var before = ends.put(hold, end);
        if (before != null) before.close();
    }

    /// Back to back is as fast as this agent can beside its other work.
    private Duration real(Duration asked) throws IOException {
        if (!asked.isZero()) return asked;
        var most = Duration.ofNanos(least());
        return most.compareTo(BACK_TO_BACK) > 0 ? most : BACK_TO_BACK;
    }

    /// The interval of beats that this agent can keep on one connection more, in nanoseconds.
    private long least() throws IOException {
        return (long) ((ends.size() + 1) * cost().toNanos() / SHARE);
    }

    private Duration cost() throws IOException {
        var known = cost;
        if (known == null) cost = known = BeatCost.measure();
        return known;
    }

    private String withoutTime(Duration interval) throws IOException {
        long least = least();
        int all = ends.size() + 1;
        if (interval.isZero() || least <= interval.toNanos()) return "";
        return String.format(Locale.ROOT,
            "%s cannot send beats every %s ms on %d connection%s: a beat takes it %.0f µs, so that every %.1f ms is the most",
            agent.identity(), Double.toString(interval.toNanos() / 1e6), all, all == 1 ? "" : "s", cost().toNanos() / 1e3,
            Math.ceil(least / 1e5) / 10);
    }

    /// @param last whether to let go of it then
    AgentResponse beats(long id, int hold, boolean last) {
        var end = ends.get(hold);
        if (end == null) throw new IllegalArgumentException("this agent holds no connection " + hold);
        end.start();
        var taken = end.take();
        if (last) {
            ends.remove(hold);
            end.close();
        }
        return new AgentResponse.Beats(id, taken.clock(), taken.missed(), numbers(taken.sent()), taken.refused(), numbers(taken.heard()),
            taken.over());
    }

    private static List<Long> numbers(List<BeatRun> runs) {
        var numbers = new ArrayList<Long>();
        for (var run : runs) numbers.addAll(List.of(run.first(), run.firstMicros(), run.lastMicros(), (long) run.count()));
        return numbers;
    }

    @Override
    public void close() {
        ends.values().forEach(HeldEnd::close);
        ends.clear();
    }
}

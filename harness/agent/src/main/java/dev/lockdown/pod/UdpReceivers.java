package dev.lockdown.pod;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.UdpReceiver;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The UDP ports on which an agent waits for unsolicited datagrams.
final class UdpReceivers implements AutoCloseable {
    private static final long PAUSE = Duration.ofMillis(5).toNanos();

    private final Agent agent;
    private final Sockets sockets;
    private final List<InetAddress> addresses;
    private final Map<Integer, UdpReceiver> open = new ConcurrentHashMap<>();

    UdpReceivers(Agent agent, Sockets sockets, List<InetAddress> addresses) {
        this.agent = agent;
        this.sockets = sockets;
        this.addresses = addresses;
    }

    /// @param like an address of the wanted family
    AgentResponse open(long id, InetAddress like) throws IOException {
        var own = addresses.stream().filter(a -> Family.of(a) == Family.of(like)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("%s has no address of the family of %s".formatted(agent.identity(),
                like.getHostAddress())));
        var receiver = UdpReceiver.open(agent.identity(), sockets, own);
        open.put(receiver.port(), receiver);
        return new AgentResponse.Opened(id, receiver.port(), receiver.expected());
    }

    AgentResponse receive(long id, int port, int within, boolean last) {
        var receiver = open.get(port);
        if (receiver == null) throw new IllegalArgumentException("no receiver waits on port %s".formatted(port));
        var seen = await(receiver, AgentClock.nanos() + Duration.ofMillis(within).toNanos());
        if (last || seen != null) {
            open.remove(port);
            receiver.close();
        }
        return new AgentResponse.Received(id, seen == null ? null : new AgentResponse.Seen(seen, Instant.now(), null, null));
    }

    /// Let go of all that still wait.
    @Override
    public void close() {
        for (var port : List.copyOf(open.keySet())) {
            var receiver = open.remove(port);
            if (receiver != null) receiver.close();
        }
    }

    private static @Nullable Outcome await(UdpReceiver receiver, long until) {
        while (true) {
            var seen = receiver.look();
            if (seen != null || AgentClock.nanos() >= until) return seen;
            LockSupport.parkNanos(PAUSE);
        }
    }
}

package dev.lockdown.pod;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.Mailbox;
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

/// The ports of an agent that wait for unasked datagrams.
final class Mailboxes {
    private static final long PAUSE = Duration.ofMillis(5).toNanos();

    private final Agent agent;
    private final Sockets sockets;
    private final List<InetAddress> addresses;
    private final Map<Integer, Mailbox> open = new ConcurrentHashMap<>();

    Mailboxes(Agent agent, Sockets sockets, List<InetAddress> addresses) {
        this.agent = agent;
        this.sockets = sockets;
        this.addresses = addresses;
    }

    /// @param like an address of the wanted family
    Report open(long id, InetAddress like) throws IOException {
        var own = addresses.stream().filter(a -> Family.of(a) == Family.of(like)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("%s has no address of the family of %s".formatted(agent.identity(),
                like.getHostAddress())));
        var mailbox = Mailbox.open(agent.identity(), sockets, own);
        open.put(mailbox.port(), mailbox);
        return new Report.Opened(id, mailbox.port(), mailbox.letter());
    }

    Report collect(long id, int port, int within, boolean last) {
        var mailbox = open.get(port);
        if (mailbox == null) throw new IllegalArgumentException("there is no mailbox %d".formatted(port));
        var seen = await(mailbox, AgentClock.nanos() + Duration.ofMillis(within).toNanos());
        if (last || seen != null) {
            open.remove(port);
            mailbox.close();
        }
        return new Report.Collected(id, seen == null ? null : new Report.Seen(seen, Instant.now(), null, null));
    }

    private static @Nullable Outcome await(Mailbox mailbox, long until) {
        while (true) {
            var seen = mailbox.look();
            if (seen != null || AgentClock.nanos() >= until) return seen;
            LockSupport.parkNanos(PAUSE);
        }
    }
}

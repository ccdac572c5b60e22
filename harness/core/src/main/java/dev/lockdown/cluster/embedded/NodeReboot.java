package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.dial.DropMonitor;
import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.cluster.embedded.proxy.ServiceProxy;
import dev.lockdown.cluster.embedded.wiring.NodeLink;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.disruption.Disruption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Restarts a node, which is a set of namespaces: while it boots nothing comes out of it or of its pods and nothing goes in; its rules are
/// lost, and what it knew of connections. Its rules are there again before its links are, as where a network plugin fails closed. Its pods
/// are restarted with it and keep their addresses.
record NodeReboot(Enforcement enforcement, ServiceProxy proxy, PacketLoss loss, Wiring wiring, List<DropMonitor> monitors) {
    private static final Duration BOOT = Duration.ofMillis(300);
    /// When the kernel itself gives the links back, should this process have come to nothing.
    private static final Duration AT_THE_LATEST = BOOT.plusSeconds(10);

    Disruption.Ongoing begin(String node, Snapshot now) {
        long until = System.nanoTime() + BOOT.toNanos();
        var dark = loss.at(Map.of(node, interfaces(node, now)), 100, AT_THE_LATEST);
        try {
            enforcement.lose(node);
            proxy.lose(node);
            monitors.stream().filter(m -> m.node().equals(node)).forEach(DropMonitor::loseConnections);
        } catch (RuntimeException e) {
            try (dark) {
                throw e;
            }
        }
        var booting = Deadline.in(BOOT, () -> {
            proxy.restore();
            enforcement.restore();
            dark.close();
        });
        return () -> {
            await(until);
            booting.close();
        };
    }

    private List<String> interfaces(String node, Snapshot now) {
        var own = now.state().pods().keySet().stream().map(wiring::link).filter(Objects::nonNull).filter(l -> l.node().equals(node))
            .map(Link::hostInterface);
        return Stream.concat(Stream.of(NodeLink.UPLINK), own).toList();
    }

    /// A node takes its time, whoever wants it back.
    private static void await(long until) {
        for (long left = until - System.nanoTime(); left > 0 && !Thread.currentThread().isInterrupted(); left = until - System.nanoTime())
            LockSupport.parkNanos(left);
    }
}

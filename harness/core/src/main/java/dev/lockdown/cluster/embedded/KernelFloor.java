package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.dial.DropMonitor;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.kernel.BareSockets;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What the kernel alone takes for a table: the system calls of the dials in a tight loop on one thread, between the same pods over the
/// same links, through the same rules and connection tracking, without anything of the harness: no agents, no plans, no observations.
///
/// Every pod goes to every other on every port. Where it is open, a nonce goes there and comes back; where it is dropped, the report of
/// that is read from the log of the source's node.
public final class KernelFloor implements AutoCloseable {
    /// Beside the ports of the pods' own servers.
    private static final int APART = 10_000;

    private static final int FIRST_SOURCE_PORT = 20_000;
    private static final int SOURCE_PORTS = 45_000;

    private final NamespaceThread thread = NamespaceThread.start("lockdown-floor");
    private final BareSockets sockets;
    private final List<Pod> pods = new ArrayList<>();

    private record Server(Protocol protocol, InetSocketAddress at, int descriptor) {}

    private static final class Pod {
        private final NetworkEndpoint endpoint;
        private final InetAddress address;
        private final DropMonitor monitor;
        private final List<Server> servers = new ArrayList<>();
        private int dials;

        Pod(NetworkEndpoint endpoint) {
            this.endpoint = endpoint;
            address = Objects.requireNonNull(endpoint.addresses().get(Family.IPV4));
            monitor = Objects.requireNonNull(endpoint.monitor());
        }

        /// Each from another port, as the dials do, so that connection tracking knows none of them.
        InetSocketAddress next() {
            return new InetSocketAddress(address, FIRST_SOURCE_PORT + dials++ % SOURCE_PORTS);
        }

        void report() {
            if (monitor.discard() == 0) throw new IllegalStateException("no report of a drop on the way from " + endpoint);
        }
    }

    private interface Dial {
        void make(Pod source, Server destination);
    }

    private KernelFloor(List<NetworkEndpoint> endpoints, List<Port> ports) {
        sockets = thread.run(BareSockets::new);
        thread.run(() -> {
            for (var endpoint : endpoints) {
                thread.enter(endpoint.namespace());
                var pod = new Pod(endpoint);
                for (var port : ports) pod.servers.add(serve(pod, port));
                pods.add(pod);
            }
        });
    }

    /// @param ports as the pods serve them; the floor has servers of its own beside them
    public static KernelFloor of(EmbeddedCluster cluster, List<Endpoint.Pod> pods, List<Port> ports) {
        return new KernelFloor(pods.stream().map(pod -> Objects.requireNonNull(cluster.endpoints().get(pod))).toList(), ports);
    }

    private Server serve(Pod pod, Port port) {
        var at = new InetSocketAddress(pod.address, port.number() + APART);
        return new Server(port.protocol(), at, port.protocol() == Protocol.TCP ? sockets.listener(at) : sockets.receiver(at));
    }

    /// @throws dev.lockdown.cluster.embedded.kernel.KernelException if a flow is denied
    public void open() {
        each(this::open);
    }

    /// As [#open], where a policy drops all of it.
    ///
    /// @throws IllegalStateException if a flow is open, or a drop not reported
    public void denied() {
        each(this::denied);
    }

    private void each(Dial dial) {
        thread.run(() -> {
            for (var source : pods) {
                thread.enter(source.endpoint.namespace());
                for (var destination : pods)
                    if (destination != source) for (var server : destination.servers) dial.make(source, server);
            }
        });
    }

    private void open(Pod source, Server to) {
        if (to.protocol == Protocol.TCP) sockets.connection(source.next(), to.at, to.descriptor);
        else sockets.datagram(source.next(), to.at, to.descriptor);
    }

    private void denied(Pod source, Server to) {
        if (to.protocol == Protocol.TCP) sockets.connectionInVain(source.next(), to.at, source::report);
        else sockets.datagramInVain(source.next(), to.at, to.descriptor, source::report);
    }

    @Override
    public void close() {
        thread.run(() -> {
            for (var pod : pods) pod.servers.forEach(server -> sockets.close(server.descriptor));
            sockets.close();
        });
        thread.close();
    }
}

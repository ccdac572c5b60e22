package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.kernel.BareSockets;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// What the kernel alone takes for a table: bare system calls in a tight loop on one thread, between the same pods over the same links,
/// through the same rules and connection tracking, without anything of the harness: no agents, no questions, no observations.
///
/// Every pod goes to every other on every port; of TCP the connection is made, accepted and reset, of UDP a datagram is answered.
public final class KernelFloor implements AutoCloseable {
    /// Beside the ports of the pods' own servers.
    private static final int APART = 10_000;

    private final NamespaceThread thread = NamespaceThread.start("lockdown-floor");
    private final BareSockets sockets;
    private final Map<NetworkEndpoint, List<Server>> servers = new LinkedHashMap<>();

    private record Server(Protocol protocol, InetSocketAddress at, int descriptor) {}

    private KernelFloor(List<NetworkEndpoint> pods, List<Port> ports) {
        sockets = thread.run(BareSockets::new);
        thread.run(() -> {
            for (var pod : pods) {
                thread.enter(pod.namespace());
                var own = new ArrayList<Server>();
                for (var port : ports) own.add(serve(pod, port));
                servers.put(pod, own);
            }
        });
    }

    /// @param ports as the pods serve them; the floor has servers of its own beside them
    public static KernelFloor of(EmbeddedCluster cluster, List<Endpoint.Pod> pods, List<Port> ports) {
        var endpoints = cluster.endpoints();
        return new KernelFloor(pods.stream().map(pod -> Objects.requireNonNull(endpoints.get(pod))).toList(), ports);
    }

    private Server serve(NetworkEndpoint pod, Port port) {
        var at = new InetSocketAddress(pod.address(Family.IPV4), port.number() + APART);
        return new Server(port.protocol(), at, port.protocol() == Protocol.TCP ? sockets.listener(at) : sockets.receiver(at));
    }

    /// @throws dev.lockdown.cluster.embedded.kernel.KernelException if a flow is denied
    public void open() {
        each(this::open);
    }

    /// As [#open], where a policy drops all of it.
    public void denied() {
        each(this::denied);
    }

    /// Have the cluster forget what its nodes reported of this.
    public void clear() {
        servers.keySet().forEach(pod -> {
            if (pod.monitor() != null) pod.monitor().clear();
        });
    }

    private void each(Consumer<Server> dial) {
        thread.run(() -> {
            for (var source : servers.keySet()) {
                thread.enter(source.namespace());
                servers.forEach((destination, served) -> {
                    if (destination != source) served.forEach(dial);
                });
            }
        });
    }

    private void open(Server server) {
        if (server.protocol == Protocol.TCP) sockets.connect(server.at, server.descriptor);
        else sockets.echo(server.at, server.descriptor);
    }

    private void denied(Server server) {
        if (server.protocol == Protocol.TCP) sockets.connectInVain(server.at);
        else sockets.sendInVain(server.at);
    }

    @Override
    public void close() {
        thread.run(() -> {
            servers.values().forEach(own -> own.forEach(server -> sockets.close(server.descriptor)));
            sockets.close();
        });
        thread.close();
    }
}

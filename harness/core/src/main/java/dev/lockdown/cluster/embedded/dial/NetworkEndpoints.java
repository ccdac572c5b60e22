package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.Responder;
import dev.lockdown.probe.SourcePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All pods, nodes and external hosts of one cluster, each with its agent and its servers.
public final class NetworkEndpoints implements AutoCloseable {
    private final NamespaceThread thread;
    private final Supplier<SourcePorts> ports;
    private final Map<Endpoint, NetworkEndpoint> networkEndpoints = new HashMap<>();

    /// @param ports makes the source ports of one network endpoint
    public NetworkEndpoints(NamespaceThread thread, Supplier<SourcePorts> ports) {
        this.thread = thread;
        this.ports = ports;
    }

    public NetworkEndpoint add(Endpoint endpoint, NetworkNamespace namespace, List<InetAddress> addresses, @Nullable DropMonitor monitor) {
        var byFamily = new EnumMap<Family, InetAddress>(Family.class);
        for (var address : addresses) byFamily.putIfAbsent(Family.of(address), address);
        var agent = new Agent(endpoint.toString(), new NamespaceSockets(thread, namespace));
        var networkEndpoint = new NetworkEndpoint(agent, namespace, byFamily, monitor, ports.get());
        networkEndpoints.put(endpoint, networkEndpoint);
        return networkEndpoint;
    }

    /// Open servers, each on all of the addresses.
    ///
    /// @param other what a port is served with instead of echo
    public void serve(NetworkEndpoint networkEndpoint, Collection<InetAddress> addresses, Collection<Port> served,
            Map<Port, Responder> other) {
        thread.run(() -> {
            for (var port : served)
                for (var address : addresses) open(networkEndpoint, port, new InetSocketAddress(address, port.number()), other.get(port));
        });
    }

    private static void open(NetworkEndpoint networkEndpoint, Port port, InetSocketAddress at, @Nullable Responder other) {
        if (!KernelProtocols.has(port.protocol())) return;
        try {
            if (other == null) networkEndpoint.agent().serve(port.protocol(), at);
            else networkEndpoint.agent().serve(port.protocol(), at, other);
        } catch (IOException e) {
            throw new ClusterException(
                "%s cannot serve %s at %s: %s".formatted(networkEndpoint, port, at.getAddress().getHostAddress(), e.getMessage()), e);
        }
    }

    public @Nullable NetworkEndpoint get(Endpoint endpoint) {
        return networkEndpoints.get(endpoint);
    }

    public void remove(Endpoint endpoint) {
        var networkEndpoint = networkEndpoints.remove(endpoint);
        if (networkEndpoint != null) networkEndpoint.agent().close();
    }

    @Override
    public void close() {
        networkEndpoints.values().forEach(s -> s.agent().close());
        networkEndpoints.clear();
    }
}

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
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everybody who dials and is dialled in one cluster, with their servers.
public final class Stations implements AutoCloseable {
    private final NamespaceThread thread;
    private final Supplier<SourcePorts> ports;
    private final Map<Endpoint, Station> stations = new HashMap<>();

    /// @param ports makes the source ports of one station
    public Stations(NamespaceThread thread, Supplier<SourcePorts> ports) {
        this.thread = thread;
        this.ports = ports;
    }

    public Station add(Endpoint endpoint, NetworkNamespace namespace, List<InetAddress> addresses, @Nullable NodeTap tap) {
        var byFamily = new EnumMap<Family, InetAddress>(Family.class);
        for (var address : addresses) byFamily.putIfAbsent(address instanceof Inet6Address ? Family.IPV6 : Family.IPV4, address);
        var agent = new Agent(endpoint.toString(), new Inside(thread, namespace));
        var station = new Station(agent, namespace, byFamily, tap, ports.get());
        stations.put(endpoint, station);
        return station;
    }

    /// Open servers, each on all of the addresses.
    ///
    /// @param other what a port is served with instead of echo
    public void serve(Station station, Collection<InetAddress> addresses, Collection<Port> served, Map<Port, Responder> other) {
        thread.run(() -> {
            for (var port : served)
                for (var address : addresses) open(station, port, new InetSocketAddress(address, port.number()), other.get(port));
        });
    }

    private static void open(Station station, Port port, InetSocketAddress at, @Nullable Responder other) {
        if (port.protocol() == dev.lockdown.flow.Protocol.SCTP) return;
        try {
            if (other == null) station.agent().serve(port.protocol(), at);
            else station.agent().serve(port.protocol(), at, other);
        } catch (IOException e) {
            throw new ClusterException(
                "%s cannot serve %s at %s: %s".formatted(station, port, at.getAddress().getHostAddress(), e.getMessage()), e);
        }
    }

    public @Nullable Station get(Endpoint endpoint) {
        return stations.get(endpoint);
    }

    public void remove(Endpoint endpoint) {
        var station = stations.remove(endpoint);
        if (station != null) station.agent().close();
    }

    @Override
    public void close() {
        stations.values().forEach(s -> s.agent().close());
        stations.clear();
    }
}

package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.flow.Family;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.SourcePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pod, node or external host that dials and is dialled: its agent, and the namespace in which it lives.
///
/// @param addresses its own, by family; its sockets are bound to them
/// @param monitor of the node that enforces for it, or null outside the cluster
/// @param ports its dials' source ports, see [Dialler#ports]; network endpoints with the same address share one
public record NetworkEndpoint(Agent agent, NetworkNamespace namespace, Map<Family, InetAddress> addresses, @Nullable DropMonitor monitor,
        SourcePorts ports) {
    public NetworkEndpoint {
        addresses = Map.copyOf(addresses);
    }

    /// Its address of a family.
    ///
    /// @throws IllegalStateException if it has none
    InetAddress address(Family family) {
        var address = addresses.get(family);
        if (address == null) throw new IllegalStateException("%s has no %s address".formatted(this, family));
        return address;
    }

    /// Its address of the same family as the target, or null if it has none.
    @Nullable InetAddress address(InetSocketAddress target) {
        return addresses.get(Family.of(target.getAddress()));
    }

    @Override
    public String toString() {
        return agent.identity();
    }
}

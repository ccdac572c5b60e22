package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import java.net.InetAddress;
import java.util.List;

/// An external host's place in the network. All of them share one namespace, so their sockets are bound to an address.
public record HostLink(String name, NetworkNamespace namespace, List<InetAddress> addresses) {
    public HostLink {
        addresses = List.copyOf(addresses);
    }
}

package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import java.net.InetAddress;
import java.util.List;

/// A node's place in the network.
///
/// @param number from 0 on, in the order of their making
/// @param addresses one for each family of the [AddressPlan], in its order
public record NodeLink(String name, int number, NetworkNamespace namespace, List<InetAddress> addresses) {
    /// The name that the interface towards the other nodes and the internet has in every node.
    public static final String UPLINK = "fab";

    public NodeLink {
        addresses = List.copyOf(addresses);
    }

    @Override
    public String toString() {
        return name;
    }
}

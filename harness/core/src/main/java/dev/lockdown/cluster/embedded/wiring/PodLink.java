package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.flow.NamespacedName;
import java.net.InetAddress;
import java.util.List;

/// A pod's place in the network.
public sealed interface PodLink {
    NamespacedName name();

    NodeLink node();

    /// Where its sockets belong. It is closed with the pod or with the node; not by users of this.
    NetworkNamespace namespace();

    /// One for each family of the [AddressPlan], in its order.
    List<InetAddress> addresses();

    /// A pod with a namespace of its own, joined to its node by one veth pair.
    ///
    /// @param number among the pods of its node; given again when it is gone
    /// @param hostInterface the name of the veth pair's end in the node
    record Routed(NamespacedName name, NodeLink node, NetworkNamespace namespace, List<InetAddress> addresses, int number,
            String hostInterface) implements PodLink {
        public Routed {
            addresses = List.copyOf(addresses);
        }
    }

    /// A pod that shares its node's namespace and addresses.
    record HostNetwork(NamespacedName name, NodeLink node) implements PodLink {
        @Override
        public NetworkNamespace namespace() {
            return node.namespace();
        }

        @Override
        public List<InetAddress> addresses() {
            return node.addresses();
        }
    }
}

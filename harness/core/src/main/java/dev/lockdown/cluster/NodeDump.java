package dev.lockdown.cluster;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import java.util.Map;

/// What the firewalls of a node had programmed at one time, as the node's own tools write it.
///
/// @param namespaces the state's names of namespaces by those that they have in the cluster, where they differ
/// @param pods what pods are called in the cluster, by the state's names, where they are called otherwise
/// @param unread what could not be read, why, and what would allow it: a sentence each
public record NodeDump(String node, List<Part> parts, Map<String, String> namespaces, Map<NamespacedName, String> pods,
        List<String> unread) {
    public NodeDump {
        parts = List.copyOf(parts);
        namespaces = Map.copyOf(namespaces);
        pods = Map.copyOf(pods);
        unread = List.copyOf(unread);
    }

    /// @param tool that wrote it, such as `iptables-nft`
    public record Part(Kind kind, String tool, String text) {}

    /// What a part is.
    public enum Kind {
        /// Of iptables-save or ip6tables-save.
        IPTABLES, IPSET, NFTABLES,
        /// Of `ip route`: which interface leads to which pod.
        ROUTES, CONNTRACK,
        /// The network plugin's own account of its policies.
        POLICIES,
        /// What the network plugin's agent wrote since the policies changed last.
        LOG
    }
}

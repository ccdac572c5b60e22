package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.cluster.embedded.nft.Links;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.util.HashMap;
import java.util.Map;

/// All that enforcement depends on. Equal views are enforced alike.
public record View(Map<String, Namespace> namespaces, Map<NamespacedName, Pod> pods, Map<NamespacedName, NetworkPolicy> policies,
        Addresses addresses, Map<NamespacedName, Link> links) {

    static View of(ClusterState state, Addresses addresses, Links links) {
        var plugged = new HashMap<NamespacedName, Link>();
        for (var pod : state.pods().keySet()) {
            var link = links.of(pod);
            if (link != null) plugged.put(pod, link);
        }
        return new View(state.namespaces(), state.pods(), state.policies(), addresses, plugged);
    }

    public View withPods(Map<NamespacedName, Pod> other) {
        return new View(namespaces, other, policies, addresses, links);
    }

    public View withNamespaces(Map<String, Namespace> other) {
        return new View(other, pods, policies, addresses, links);
    }

    public View withPolicies(Map<NamespacedName, NetworkPolicy> other) {
        return new View(namespaces, pods, other, addresses, links);
    }

    public View withAddresses(Addresses other) {
        return new View(namespaces, pods, policies, other, links);
    }
}

package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.state.ExternalHost;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Whether the nodes of a cluster have NodeLocal DNSCache, and at which addresses: its pods name them on their command line.
public final class NodeDnsCache {
    private static final String OPTION = "-localip";

    private NodeDnsCache() {}

    /// The addresses of the caches of a cluster's nodes.
    public static Set<String> addresses(KubernetesClient client) {
        return addresses(client.pods().inNamespace("kube-system").withLabel("k8s-app", "node-local-dns").list().getItems());
    }

    /// Why a cache that a feature asks for is not there; empty where it is.
    public static Optional<String> refusal(Set<String> there, ExternalHost wanted) {
        var address = wanted.addresses().getFirst();
        if (there.contains(address)) return Optional.empty();
        return Optional.of(there.isEmpty()
            ? "the nodes of this cluster have no DNS cache (no pods labelled k8s-app=node-local-dns in kube-system), and a run sets none up"
            : "the DNS cache of this cluster's nodes is at %s and not at %s".formatted(String.join(", ", there), address));
    }

    private static Set<String> addresses(List<Pod> pods) {
        var addresses = new LinkedHashSet<String>();
        for (var pod : pods)
            for (var container : pod.getSpec().getContainers()) {
                var words = Objects.requireNonNullElse(container.getArgs(), List.<String>of());
                for (int i = 0; i < words.size(); i++) {
                    var word = words.get(i).replaceFirst("^--", "-");
                    if (word.startsWith(OPTION + "=")) addresses.addAll(Arrays.asList(word.substring(OPTION.length() + 1).split(",")));
                    if (word.equals(OPTION) && i + 1 < words.size()) addresses.addAll(Arrays.asList(words.get(i + 1).split(",")));
                }
            }
        return addresses;
    }
}

package dev.lockdown.cluster.kubernetes.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the API says of the nodes' being Ready.
public record NodeConditions(KubernetesClient client) {
    /// The nodes that are not Ready, in words, by their names in the cluster; none where the API cannot be asked.
    ///
    /// @param wanted nodes that were there
    public Map<String, String> troubles(Collection<String> wanted) {
        var troubles = new TreeMap<String, String>();
        try {
            var nodes = client.nodes().list().getItems();
            wanted.forEach(name -> troubles.put(name, "is gone from the cluster"));
            for (var node : nodes)
                if (trouble(node) instanceof String why) troubles.put(node.getMetadata().getName(), why);
                else troubles.remove(node.getMetadata().getName());
        } catch (KubernetesClientException e) {
            // Then it is not the nodes that are to blame.
        }
        return troubles;
    }

    /// Why a node is not Ready: `is NotReady since 2026-11-29T00:12:13Z (NodeStatusUnknown: Kubelet stopped posting node status.)`.
    ///
    /// @return null where it is
    public static @Nullable String trouble(Node node) {
        var ready = node.getStatus().getConditions().stream().filter(c -> c.getType().equals("Ready")).findFirst();
        if (ready.isEmpty()) return "is NotReady: its kubelet has never said that it is";
        var condition = ready.get();
        if (condition.getStatus().equals("True")) return null;
        var why = Stream.of(condition.getReason(), condition.getMessage()).filter(Objects::nonNull).collect(Collectors.joining(": "));
        var since = condition.getLastTransitionTime();
        return "is NotReady%s%s".formatted(since == null ? "" : " since " + since, why.isEmpty() ? "" : " (%s)".formatted(why));
    }
}

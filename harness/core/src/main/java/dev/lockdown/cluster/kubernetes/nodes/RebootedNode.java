package dev.lockdown.cluster.kubernetes.nodes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// A node before it restarts, and what tells that it is back: its pods run in other containers. That it is Ready, the API says of it for
/// most of a minute after it went down.
public final class RebootedNode {
    /// Until it is back, with its pods.
    public static final Duration BACK = Duration.ofMinutes(4);

    private final KubernetesClient client;
    private final String node;
    private final Polling polling;
    private final Set<String> addresses;
    /// Of the pods that ran, by their identity.
    private final Map<String, Set<String>> containers;

    private RebootedNode(KubernetesClient client, String node, Duration pause) {
        this.client = client;
        this.node = node;
        polling = new Polling(pause);
        addresses = addresses();
        containers = pods().stream().filter(RebootedNode::isReady)
            .collect(Collectors.toMap(p -> p.getMetadata().getUid(), RebootedNode::containers));
    }

    /// Look at a node that is about to restart.
    ///
    /// @param node its name in the cluster
    public static RebootedNode before(KubernetesClient client, String node, Duration pause) {
        return new RebootedNode(client, node, pause);
    }

    private Set<String> addresses() {
        return node().stream().flatMap(n -> n.getStatus().getAddresses().stream()).filter(a -> a.getType().equals("InternalIP"))
            .map(a -> a.getAddress()).collect(Collectors.toSet());
    }

    private List<Node> node() {
        return client.nodes().list().getItems().stream().filter(n -> n.getMetadata().getName().equals(node)).toList();
    }

    private List<Pod> pods() {
        return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems();
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream().anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    private static Set<String> containers(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream().map(ContainerStatus::getContainerID).filter(Objects::nonNull)
            .collect(Collectors.toSet());
    }

    /// Wait until the node is Ready and whatever ran on it runs again; a pod that is gone is not waited for.
    ///
    /// @throws ClusterException if that takes too long, or it came back with another address
    public void awaitReturn() {
        polling.require(BACK, this::missing, String::isEmpty, last -> new ClusterException(
            "node %s is not back %s s after it restarted: %s".formatted(node, Long.toString(BACK.toSeconds()), last.value()), null));
        var now = addresses();
        if (!now.equals(addresses))
            throw new ClusterException("node %s came back with the address %s in place of %s, by which its flows are known".formatted(node,
                now, addresses), null);
    }

    /// @return what it lacks, or an empty text
    private String missing() {
        try {
            var there = new HashMap<String, Pod>();
            for (var pod : pods()) there.put(pod.getMetadata().getUid(), pod);
            for (var before : containers.entrySet()) {
                var pod = there.get(before.getKey());
                if (pod == null || pod.getMetadata().getDeletionTimestamp() != null) continue;
                var kept = new HashSet<>(containers(pod));
                kept.retainAll(before.getValue());
                if (!isReady(pod) || !kept.isEmpty())
                    return "pod %s/%s does not run again".formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
            }
            return node().stream().anyMatch(ApiCuts::isReady) ? "" : "it is not Ready";
        } catch (KubernetesClientException e) {
            return "the API does not answer";
        }
    }
}
